//! Withdrawing a question.

use super::Question;
use super::open::{open, resume};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{EventId, Refusal};

/// Withdraws a question: it does not matter any more.
#[derive(Clone, Debug)]
pub struct CancelFeedback {
    /// Who asks.
    pub author: Author,
    /// The question.
    pub question_id: String,
    /// Who cancels it; `None` for the principal.
    pub cancelled_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Command for CancelFeedback {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let question = open(view, &self.question_id)?;
        let by = self.cancelled_by.as_ref().unwrap_or(&self.author.principal);
        let mut script = Script::new(&self.author, view);
        withdraw(&mut script, view, question, by, self.reason.as_deref(), question.requested_event_id)?;
        Ok(script.about::<Question>(&self.question_id))
    }
}

/// Records that an open question is withdrawn, and that the session which waits for it goes on.
pub(crate) fn withdraw(
    script: &mut Script<'_>,
    view: &View<'_>,
    question: &Question,
    by: &str,
    reason: Option<&str>,
    causes: impl IntoIterator<Item = EventId>,
) -> Result<(), Refusal> {
    let payload =
        Payload::new().with("question_id", &question.question_id).with("cancelled_by", by).with_some("reason", reason);
    let cancelled = script.record("agent.feedback.cancelled", causes, payload)?;
    resume(script, view, question, cancelled)
}
