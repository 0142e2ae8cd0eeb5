//! Reporting, and delivering.

use super::Collaboration;
use super::active::{active, participant};
use super::participants::Actor;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal};

/// Reports how far a participant is, or delivers.
#[derive(Clone, Debug)]
pub struct UpdateCollaboration {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The report, as its event will say: a JSON object.
    pub update: JsonText,
}

impl Command for UpdateCollaboration {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        let payload = Payload::of(&self.update).with("collaboration_id", &self.collaboration_id);
        let actor = Actor::of_command(payload.text("agent_id").as_deref(), None, &self.author);
        participant(collaboration, &actor, view)?;
        let mut script = Script::new(&self.author, view);
        script.record("agent.collaboration.update", collaboration.started_event_id, payload)?;
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}
