//! Taking part no more.

use super::active::{active, participant};
use super::participants::Actor;
use super::{Collaboration, ParticipantState};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Takes part no more. A vote for which nobody else was missing ends with it.
#[derive(Clone, Debug)]
pub struct LeaveCollaboration {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The participant that leaves.
    pub agent_id: String,
    /// Why.
    pub reason: Option<String>,
}

impl Command for LeaveCollaboration {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        let actor = Actor::of_command(Some(&self.agent_id), None, &self.author);
        let leaving = &participant(collaboration, &actor, view)?.agent_id;
        let payload = Payload::new()
            .with("collaboration_id", &self.collaboration_id)
            .with("agent_id", &self.agent_id)
            .with_some("reason", self.reason.as_ref());
        let mut script = Script::new(&self.author, view);
        script.record("agent.collaboration.participant.left", collaboration.started_event_id, payload)?;
        let rest = without(collaboration, leaving);
        script.speaking_for_the_server();
        for ballot in rest.proposals.iter().filter(|ballot| !ballot.decided && ballot.is_settled(&rest)) {
            ballot.decide(&rest, &mut script)?;
        }
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

/// The collaboration as it is when a participant has left.
fn without(collaboration: &Collaboration, agent_id: &str) -> Collaboration {
    let mut rest = collaboration.clone();
    let leaving = rest.participants.iter_mut().filter(|participant| participant.agent_id == agent_id);
    leaving.for_each(|participant| participant.state = ParticipantState::Left);
    rest.settle_participants();
    rest
}
