//! Ending a session with success.

use super::{Session, agent_event, open_session};
use crate::checkpoint::find;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal};

/// Says that a session is done.
#[derive(Clone, Debug)]
pub struct CompleteSession {
    /// Who says so.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// Its last checkpoint.
    pub final_checkpoint_id: Option<String>,
    /// What it did, in a sentence.
    pub summary: Option<String>,
    /// What it cost: a JSON object.
    pub metrics: Option<JsonText>,
}

impl Command for CompleteSession {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = open_session(view, &self.session_id)?;
        let named = self.final_checkpoint_id.as_ref().and_then(|name| find(view.states(), session, name));
        let last = named.map(|checkpoint| checkpoint.event_id).or(session.checkpoint_event_id);
        let payload = Payload::new()
            .with("session_id", &self.session_id)
            .with_some("final_checkpoint_id", self.final_checkpoint_id.as_ref())
            .with_some("summary", self.summary.as_ref())
            .with_some("metrics", self.metrics.as_ref());
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        script.record(&agent_event(session, "session.completed"), last, payload)?;
        Ok(script.about::<Session>(&self.session_id))
    }
}
