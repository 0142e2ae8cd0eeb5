//! Starting a collaboration.

use std::collections::BTreeSet;

use super::active::room;
use super::evolve::invitations;
use super::participants::Actor;
use super::{Collaboration, MOST_PARTICIPANTS};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::members::Members;
use crate::refusal::in_future;
use crate::state::Kind;
use crate::{JsonText, Refusal};

/// Starts a collaboration.
#[derive(Clone, Debug)]
pub struct StartCollaboration {
    /// Who asks.
    pub author: Author,
    /// The collaboration, as its event will say: a JSON object. Without an id it gets that of the event.
    pub collaboration: JsonText,
}

impl Command for StartCollaboration {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let said = Payload::of(&self.collaboration);
        let mut script = Script::new(&self.author, view);
        let id = said.text("collaboration_id").unwrap_or_else(|| script.next_event_id().to_string());
        if view.get::<Collaboration>(&id).is_some_and(|known| known.started_event_id.is_some()) {
            return Err(Refusal::Exists { kind: <Collaboration as Kind>::KIND, id });
        }
        self.check_participants()?;
        in_future("collaboration.deadline", said.read("deadline"), view.now)?;
        let initiator = Actor::of_command(None, None, &self.author).name;
        let payload = said.with("collaboration_id", &id).or("initiator_agent", initiator);
        script.record("agent.collaboration.started", [], payload)?;
        Ok(script.about::<Collaboration>(&id))
    }
}

impl StartCollaboration {
    fn check_participants(&self) -> Result<(), Refusal> {
        let invited = invitations(&Members::of(&self.collaboration));
        room("participants", invited.len(), MOST_PARTICIPANTS, "invite fewer, or start several collaborations")?;
        let mut seen = BTreeSet::new();
        let twice = invited.iter().find(|participant| !seen.insert(&participant.agent_id));
        twice.map_or(Ok(()), |participant| {
            let why = format!("names {} twice: name each participant once", participant.agent_id);
            Err(Refusal::InvalidField { field: "collaboration.participants", why })
        })
    }
}
