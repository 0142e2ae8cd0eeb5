//! Answering a question.

use super::open::{open, resume};
use super::{Question, QuestionState, withdraw};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::cancel::cancel_events;
use crate::{EventId, JsonText, Refusal};

/// Answers a question. The first answer stands.
#[derive(Clone, Debug)]
pub struct AnswerFeedback {
    /// Who asks.
    pub author: Author,
    /// The question.
    pub question_id: String,
    /// What is decided.
    pub decision: String,
    /// Why.
    pub rationale: Option<String>,
    /// Who answers; `None` for the principal.
    pub answered_by: Option<String>,
    /// Anything else that the agent should know, as a JSON object.
    pub answer_context: Option<JsonText>,
}

impl Command for AnswerFeedback {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let question = open(view, &self.question_id)?;
        if !question.options.is_empty() && !question.options.contains(&self.decision) {
            let (chosen, options) = (self.decision.clone(), question.options.clone());
            return Err(Refusal::InvalidOption { field: "decision", chosen, options });
        }
        let by = self.answered_by.as_ref().unwrap_or(&self.author.principal);
        let further = Payload::new()
            .with_some("rationale", self.rationale.as_ref())
            .with_some("context", self.answer_context.as_ref());
        let mut script = Script::new(&self.author, view);
        let response = answer(&mut script, view, question, &self.decision, by, further)?;
        if question.deadlock {
            release(&mut script, view, &self.decision, by, response)?;
        }
        Ok(script.about::<Question>(&self.question_id))
    }
}

/// Records the answer, and that the session which waits for it goes on.
pub(super) fn answer(
    script: &mut Script<'_>,
    view: &View<'_>,
    question: &Question,
    decision: &str,
    by: &str,
    further: Payload,
) -> Result<EventId, Refusal> {
    let payload = further.with("question_id", &question.question_id).with("decision", decision).with("answered_by", by);
    let response = script.record("agent.feedback.response", question.requested_event_id, payload)?;
    resume(script, view, question, response)?;
    Ok(response)
}

/// Ends the wait of a deadlock that a person chose, unless it ended by itself meanwhile.
fn release(script: &mut Script<'_>, view: &View<'_>, id: &str, by: &str, response: EventId) -> Result<(), Refusal> {
    const DEADLOCK: &str = "deadlock";
    if let Some(question) = view.get::<Question>(id).filter(|question| question.state == QuestionState::Open) {
        return withdraw(script, view, question, by, Some(DEADLOCK), [response]);
    }
    cancel_events(script, view, [id], Some(response), by, Some(DEADLOCK))
}
