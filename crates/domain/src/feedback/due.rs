//! What the passing of time does to a question.

use super::answer::answer;
use super::open::resume;
use super::{POLICY, Question, QuestionState, withdraw};
use crate::command::{Author, Command, Decision, Payload, SERVER, Script, View};
use crate::{Refusal, Timestamp};

/// Does what the time demands: asks somebody else at half time; at the deadline gives the default answer, or lets the question
/// expire. A question about a deadlock that is none any more is withdrawn. Where nothing is due (any more), nothing is recorded.
#[derive(Clone, Debug)]
pub struct QuestionDue {
    /// The server.
    pub author: Author,
    /// The question.
    pub question_id: String,
}

impl Command for QuestionDue {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let question: &Question = view.find(&self.question_id)?;
        let mut script = Script::new(&self.author, view);
        let has_come = |time: Option<Timestamp>| time.is_some_and(|time| time <= view.now);
        if question.state == QuestionState::Open {
            if let Some(dissolved) = &question.dissolved {
                let causes = question.requested_event_id.into_iter().chain([dissolved.event_id]);
                withdraw(&mut script, view, question, SERVER, Some("the cycle dissolved"), causes)?;
            } else if has_come(question.deadline) {
                run_out(&mut script, view, question)?;
            } else if has_come(question.escalates_at()) {
                escalate(&mut script, question)?;
            }
        }
        Ok(script.about::<Question>(&self.question_id))
    }
}

fn run_out(script: &mut Script<'_>, view: &View<'_>, question: &Question) -> Result<(), Refusal> {
    if let Some(decision) = &question.default_answer {
        let why = Payload::new().with("rationale", "nobody answered in time");
        answer(script, view, question, decision, POLICY, why)?;
        return Ok(());
    }
    let payload = Payload::new().with("question_id", &question.question_id).with_some("deadline", question.deadline);
    let expired = script.record("agent.feedback.expired", question.requested_event_id, payload)?;
    resume(script, view, question, expired)
}

fn escalate(script: &mut Script<'_>, question: &Question) -> Result<(), Refusal> {
    let payload = Payload::new()
        .with("question_id", &question.question_id)
        .with_some("assignee", question.escalate_to.as_ref())
        .with_some("previous_assignee", question.assignee.as_ref());
    script.record("agent.feedback.escalated", question.requested_event_id, payload)?;
    Ok(())
}
