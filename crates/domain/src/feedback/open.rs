//! What the verbs of a question share: it must be open, and its end lets the session go on that waits for it.

use super::{Question, QuestionState};
use crate::command::{Payload, Script, View};
use crate::session::{AWAITING_FEEDBACK, Session, SessionStatus, agent_event};
use crate::{EventId, Refusal};

/// A question that can still be answered.
///
/// # Errors
/// It is not known, or it ended: the first end stands.
pub(super) fn open<'a>(view: &View<'a>, id: &str) -> Result<&'a Question, Refusal> {
    let question: &Question = view.find(id)?;
    match question.state {
        QuestionState::Open => Ok(question),
        QuestionState::Answered => Err(Refusal::AlreadyAnswered {
            question_id: id.to_owned(),
            answered_by: question.answered_by.clone().unwrap_or_else(|| "somebody".into()),
            decision: question.decision.clone().unwrap_or_default(),
            answer_event_id: question.answer_event_id,
        }),
        state @ (QuestionState::Expired | QuestionState::Cancelled) => {
            Err(Refusal::QuestionClosed { question_id: id.to_owned(), state: state.as_str() })
        }
    }
}

/// Lets the session of a question go on, when it is paused for nothing but this question. `ended` is the event that ends it.
pub(super) fn resume(
    script: &mut Script<'_>,
    view: &View<'_>,
    question: &Question,
    ended: EventId,
) -> Result<(), Refusal> {
    let session: Option<&Session> = question.session_id.as_deref().and_then(|id| view.get(id));
    let Some(session) = session.filter(|session| waits_for_nothing_but(session, question)) else { return Ok(()) };
    let checkpoint = session.pause_checkpoint_id.as_ref().or(session.checkpoint_id.as_ref());
    let payload =
        Payload::new().with("session_id", &session.session_id).with_some("resuming_from_checkpoint", checkpoint);
    script.speaking_for(session);
    script.record(&agent_event(session, "session.resumed"), [ended], payload)?;
    Ok(())
}

fn waits_for_nothing_but(session: &Session, question: &Question) -> bool {
    question.blocking
        && session.status == Some(SessionStatus::Paused)
        && session.reason.as_deref() == Some(AWAITING_FEEDBACK)
        && session.open_questions.iter().all(|id| *id == question.question_id)
}
