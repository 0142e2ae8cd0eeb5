//! Letting a session wait.

use super::{AWAITING_FEEDBACK, Session, active_session, agent_event, open_question};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Asks a session to wait.
#[derive(Clone, Debug)]
pub struct PauseSession {
    /// Who asks.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// Why, for instance `awaiting_feedback`.
    pub reason: String,
    /// Checkpoint made before the pause.
    pub checkpoint_id: Option<String>,
}

impl Command for PauseSession {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = active_session(view, &self.session_id)?;
        let asked = open_question(view, session).filter(|_| self.reason == AWAITING_FEEDBACK);
        let payload = paused(&self.session_id, &self.reason).with_some("checkpoint_id", self.checkpoint_id.as_ref());
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        let causes = asked.and_then(|question| question.requested_event_id);
        script.record(&agent_event(session, "session.paused"), causes, payload)?;
        Ok(script.about::<Session>(&self.session_id))
    }
}

/// The payload of a pause.
pub(crate) fn paused(session_id: &str, reason: &str) -> Payload {
    Payload::new().with("session_id", session_id).with("reason", reason)
}
