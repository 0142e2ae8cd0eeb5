//! What commands need a session to be.

use super::{Session, SessionStatus};
use crate::Refusal;
use crate::command::View;
use crate::feedback::{Question, QuestionState};
use crate::state::{Kind, StateKind};

const KIND: StateKind = <Session as Kind>::KIND;

/// A session that works or waits.
///
/// # Errors
/// [`Refusal::NotFound`], [`Refusal::SessionSuperseded`] when another one took over, [`Refusal::WrongState`] when it ended or never started.
pub(crate) fn open_session<'a>(view: &View<'a>, id: &str) -> Result<&'a Session, Refusal> {
    let session = known_session(view, id)?;
    if session.is_open() { Ok(session) } else { Err(wrong_state(session, &["active", "paused"])) }
}

/// A session that works.
///
/// # Errors
/// As [`open_session`], and [`Refusal::WrongState`] when it waits.
pub(crate) fn active_session<'a>(view: &View<'a>, id: &str) -> Result<&'a Session, Refusal> {
    let session = known_session(view, id)?;
    if session.status == Some(SessionStatus::Active) { Ok(session) } else { Err(wrong_state(session, &["active"])) }
}

/// A session that waits.
pub(super) fn paused_session<'a>(view: &View<'a>, id: &str) -> Result<&'a Session, Refusal> {
    let session = known_session(view, id)?;
    if session.status == Some(SessionStatus::Paused) { Ok(session) } else { Err(wrong_state(session, &["paused"])) }
}

/// A session that failed and that nobody took over from.
pub(super) fn failed_session<'a>(view: &View<'a>, id: &str) -> Result<&'a Session, Refusal> {
    let session = known_session(view, id)?;
    if session.status == Some(SessionStatus::Failed) { Ok(session) } else { Err(wrong_state(session, &["failed"])) }
}

/// A session that no other took over from.
fn known_session<'a>(view: &View<'a>, id: &str) -> Result<&'a Session, Refusal> {
    let session: &Session = view.find(id)?;
    not_superseded(session)?;
    Ok(session)
}

/// Refuses a session that another one took over from.
pub(crate) fn not_superseded(session: &Session) -> Result<(), Refusal> {
    let session_id = session.session_id.clone();
    match session.recovered_by.clone() {
        Some(new_session_id) => Err(Refusal::SessionSuperseded { session_id, new_session_id }),
        None => Ok(()),
    }
}

fn wrong_state(session: &Session, allowed: &'static [&'static str]) -> Refusal {
    let cure = match session.status {
        None => "its start was not seen, so start it with StartSession",
        Some(SessionStatus::Active) if allowed.contains(&"paused") => "it works, so go on without this call",
        Some(SessionStatus::Active) => "it works, so end it with FailSession first, or wait until it is silent",
        Some(SessionStatus::Paused) if allowed.contains(&"active") => "resume it first",
        Some(SessionStatus::Paused) => "it waits, so end it with FailSession first, or wait until it is silent",
        Some(SessionStatus::Completed) => "it is done, so start a new session",
        Some(SessionStatus::Failed) => "let another session take over with StartRecovery, or start a new one",
    };
    let state = session.status.map_or("unknown", SessionStatus::as_str);
    Refusal::WrongState { kind: KIND, id: session.session_id.clone(), state, allowed, cure }
}

/// A session's id that is free: nothing was started under it. That events named it is no harm.
pub(super) fn free(view: &View<'_>, id: &str) -> Result<(), Refusal> {
    let taken = view.get::<Session>(id).is_some_and(|session| session.status.is_some());
    if taken { Err(Refusal::Exists { kind: KIND, id: id.to_owned() }) } else { Ok(()) }
}

/// How long a session may be silent: 1 second to 1 day.
pub(super) fn silence(seconds: Option<f64>) -> Result<(), Refusal> {
    if seconds.is_none_or(|seconds| (1.0..=86_400.0).contains(&seconds)) {
        return Ok(());
    }
    Err(Refusal::InvalidField { field: "heartbeat_timeout", why: "must be 1 second to 1 day".to_owned() })
}

/// The newest question that a session waits for.
pub(crate) fn open_question<'a>(view: &View<'a>, session: &Session) -> Option<&'a Question> {
    let questions = session.open_questions.iter().rev().filter_map(|id| view.get::<Question>(id));
    questions.into_iter().find(|question| question.state == QuestionState::Open)
}

/// The newest question of a session that was answered, or ended otherwise.
pub(crate) fn newest_answer<'a>(view: &View<'a>, session: &Session) -> Option<&'a Question> {
    session.answered_questions.last().and_then(|id| view.get(id))
}
