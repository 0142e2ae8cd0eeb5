//! Taking part.

use super::active::{active, room};
use super::participants::Actor;
use super::{Collaboration, MOST_PARTICIPANTS};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal};

/// Takes part. Who was not invited may join, too.
#[derive(Clone, Debug)]
pub struct JoinCollaboration {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// Who joins, as its event will say: a JSON object.
    pub participant: JsonText,
}

impl Command for JoinCollaboration {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        let payload = Payload::of(&self.participant).with("collaboration_id", &self.collaboration_id);
        let (name, session_id) = (payload.text("agent_id"), payload.text("session_id"));
        let actor = Actor::of_command(name.as_deref(), session_id.as_deref(), &self.author);
        free(collaboration, &actor, view)?;
        let mut script = Script::new(&self.author, view);
        let payload = payload.or("session_id", actor.session_id.as_ref());
        script.record("agent.collaboration.participant.joined", collaboration.started_event_id, payload)?;
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

/// Refuses one who takes part already. Whose session is over may come back with another one.
fn free(collaboration: &Collaboration, actor: &Actor, view: &View<'_>) -> Result<(), Refusal> {
    let Some(seat) = collaboration.seat(actor, view) else {
        let count = collaboration.participants.len() + 1;
        return room("participants", count, MOST_PARTICIPANTS, "start another collaboration");
    };
    let participant = &collaboration.participants[seat];
    if participant.may_be_taken(actor.session_id.as_deref(), view) {
        return Ok(());
    }
    Err(Refusal::AlreadyJoined {
        collaboration_id: collaboration.collaboration_id.clone(),
        agent_id: participant.agent_id.clone(),
        session_id: participant.session_id.clone(),
    })
}
