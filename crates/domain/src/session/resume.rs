//! Letting a session go on.

use super::{AWAITING_FEEDBACK, Session, agent_event, newest_answer, require};
use crate::checkpoint::restorable;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{EventId, Refusal};

/// Asks a session to go on.
#[derive(Clone, Debug)]
pub struct ResumeSession {
    /// Who asks.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// Checkpoint from which it goes on; `None` for its memory.
    pub resuming_from_checkpoint: Option<String>,
}

impl Command for ResumeSession {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = require::paused_session(view, &self.session_id)?;
        if let Some(name) = &self.resuming_from_checkpoint {
            restorable(view.states(), session, name)?;
        }
        let payload = Payload::new()
            .with("session_id", &self.session_id)
            .with_some("resuming_from_checkpoint", self.resuming_from_checkpoint.as_ref());
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        script.record(&agent_event(session, "session.resumed"), awaited(view, session), payload)?;
        Ok(script.about::<Session>(&self.session_id))
    }
}

/// The event that ended the question for which the session waited.
fn awaited(view: &View<'_>, session: &Session) -> Option<EventId> {
    let waited = session.reason.as_deref() == Some(AWAITING_FEEDBACK) && session.open_questions.is_empty();
    newest_answer(view, session).filter(|_| waited)?.answer_event_id
}
