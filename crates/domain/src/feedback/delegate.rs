//! Passing a question on.

use super::Question;
use super::open::open;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::waits::{Made, Wait, of_question, resolve};
use crate::{EventId, Refusal};

/// Asks somebody else instead.
#[derive(Clone, Debug)]
pub struct DelegateFeedback {
    /// Who asks.
    pub author: Author,
    /// The question.
    pub question_id: String,
    /// Person or group that is asked now.
    pub assignee: String,
    /// Who passes it on; `None` for the principal.
    pub delegated_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Command for DelegateFeedback {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let question = open(view, &self.question_id)?;
        let payload = Payload::new()
            .with("question_id", &self.question_id)
            .with("delegated_by", self.delegated_by.as_ref().unwrap_or(&self.author.principal))
            .with("assignee", &self.assignee)
            .with_some("reason", self.reason.as_ref());
        let mut script = Script::new(&self.author, view);
        let delegated = script.record("agent.feedback.delegated", question.requested_event_id, payload)?;
        if let Some(wait) = self.wait(view, question, delegated) {
            resolve(&mut script, view, &wait)?;
        }
        Ok(script.about::<Question>(&self.question_id))
    }
}

impl DelegateFeedback {
    /// The asker's wait, as it is now.
    fn wait(&self, view: &View<'_>, question: &Question, delegated: EventId) -> Option<Wait> {
        let wait = of_question(view.states(), question)?;
        let made = Made { event_id: delegated, causes: question.requested_event_id.as_slice() };
        let collaboration_id = made.collaboration(view);
        Some(Wait { waits_for: self.assignee.clone(), event_id: delegated, collaboration_id, ..wait })
    }
}
