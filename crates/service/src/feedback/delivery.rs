//! Questions as answers show them: with whether their asker has received the answer. That is kept beside the log, under the instruction which the
//! answer gives to the session.

use std::collections::HashSet;

use god33_domain::feedback::{Question, QuestionState};
use god33_domain::session::{Session, instruction_id};
use god33_proto::v1;

use crate::wire::status::Failure;
use crate::{App, Principal, Reader, show};

/// Questions as their messages.
pub(super) async fn messages(reader: &Reader<'_>, questions: &[Question]) -> Result<Vec<v1::Question>, Failure> {
    let answered = || questions.iter().filter(|question| question.state == QuestionState::Answered);
    let askers: HashSet<String> = answered().filter_map(|question| question.session_id.clone()).collect();
    let sessions = reader.states::<Session>(&askers.into_iter().collect::<Vec<_>>()).await?;
    let told = |question: &Question| {
        let session = sessions.iter().find(|session| Some(&session.session_id) == question.session_id.as_ref());
        session.map(|session| instructions(question, session)).unwrap_or_default()
    };
    let all: Vec<String> = answered().flat_map(told).collect();
    let received: HashSet<String> = reader.acknowledged(&all).await?.into_iter().collect();
    let message = |question: &Question| {
        let is_answered = question.state == QuestionState::Answered;
        let answer_delivered = is_answered && told(question).iter().any(|id| received.contains(id));
        Ok(v1::Question { answer_delivered, ..show::message(question)? })
    };
    questions.iter().map(message).collect()
}

/// A question as its message.
pub(super) async fn message(reader: &Reader<'_>, question: &Question) -> Result<v1::Question, Failure> {
    let mut messages = messages(reader, std::slice::from_ref(question)).await?;
    messages.pop().ok_or_else(|| Failure::defect("one question came to no message"))
}

/// Notes that a session has received the end of its question. Nothing happens when the question is open, or another session's.
pub(super) async fn received(
    app: &App,
    principal: &Principal,
    reader: &Reader<'_>,
    question: &Question,
    session_id: &str,
) -> Result<(), Failure> {
    let is_asker = question.session_id.as_deref() == Some(session_id);
    if question.state == QuestionState::Open || !is_asker {
        return Ok(());
    }
    let Some(session) = reader.state::<Session>(session_id).await? else { return Ok(()) };
    Ok(app.acknowledge(principal, session_id, &instructions(question, &session)).await?)
}

/// The instructions by which a session is told how its question ended. One that took over keeps what the failed session was told.
fn instructions(question: &Question, session: &Session) -> Vec<String> {
    let about = Some(&question.question_id);
    let told = session.instructions.iter().filter(|instruction| instruction.question_id.as_ref() == about);
    let own = question.answer_event_id.map(|event| instruction_id(event, &session.session_id));
    told.map(|instruction| instruction.instruction_id.clone()).chain(own).collect()
}
