//! The link between a session and the server: which session speaks, and that it may.

use god33_domain::Refusal;
use god33_domain::session::{Session, SessionStatus};
use god33_domain::state::{Kind, StateKey};
use god33_proto::v1::{ErrorReason, HeartbeatRequest, HeartbeatResponse};

use super::instructions;
use super::session::Said;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text};
use crate::{Action, App, Principal, show};

/// The most instructions that one sign of life acknowledges.
const ACKNOWLEDGED_AT_ONCE: usize = 1_000;

/// A session that is open, and its caller the one that goes on with it. It is read from the board, which follows the log closely and costs the
/// store nothing: what must not miss a call that was just answered reads [`stored_session`].
///
/// # Errors
/// It is not known, has ended, or another one took over.
pub(super) async fn open_session(
    app: &App,
    principal: &Principal,
    id: &str,
    fencing_token: u64,
) -> Result<Session, Failure> {
    app.reader(principal, Action::KeepAlive(id), 0).await?;
    let session = match app.board.session(id).filter(|session| is_current(session, fencing_token)) {
        Some(session) => session.as_ref().clone(),
        // The board may be behind.
        None => show::find::<Session>(app, principal, id, 0).await?.state,
    };
    going_on(session, fencing_token)
}

/// A session that is open by all that was acknowledged before.
///
/// # Errors
/// As those of [`open_session`].
pub(super) async fn stored_session(app: &App, principal: &Principal, id: &str) -> Result<Session, Failure> {
    going_on(show::find::<Session>(app, principal, id, 0).await?.state, 0)
}

fn going_on(session: Session, fencing_token: u64) -> Result<Session, Failure> {
    if let Some(new_session_id) = session.recovered_by.clone() {
        return Err(Refusal::SessionSuperseded { session_id: session.session_id, new_session_id }.into());
    }
    if !session.is_open() {
        let refusal = Refusal::WrongState {
            kind: Session::KIND,
            id: session.session_id.clone(),
            state: session.status.map_or("unknown", SessionStatus::as_str),
            allowed: &["active", "paused"],
            cure: "stop: start a new session, or recover this one when it failed",
        };
        return Err(refusal.into());
    }
    if !is_current(&session, fencing_token) {
        let why = format!(
            "the fencing token of session {} is {}: stop, another run of the agent has it",
            session.session_id, session.fencing_token
        );
        return Err(Failure::new(ErrorReason::SessionSuperseded, why).with("new_session_id", &session.session_id));
    }
    Ok(session)
}

const fn is_current(session: &Session, fencing_token: u64) -> bool {
    fencing_token == 0 || fencing_token == session.fencing_token
}

/// Reads the name of a session.
pub(super) fn session_id(text: &str, at: &Path<'_>) -> Result<String, Failure> {
    let mut found = Violations::default();
    let id: Option<god33_domain::SessionId> = id::label(text, at, ErrorReason::InvalidField, &mut found);
    Ok(id.ok_or(found)?.as_str().to_owned())
}

/// Takes a sign of life, and answers what is wanted of the session.
pub(super) async fn beat(
    app: &App,
    principal: &Principal,
    heartbeat: &HeartbeatRequest,
    at: &Path<'_>,
) -> Result<HeartbeatResponse, Failure> {
    let id = session_id(&heartbeat.session_id, &at.member("session_id"))?;
    let said = said(heartbeat, at)?;
    let session = open_session(app, principal, &id, heartbeat.fencing_token).await?;
    if session.heartbeat_timeout > 0.0 {
        app.pulse.beat(StateKey::of::<Session>(&id), session.heartbeat_timeout, said.to_json());
    }
    instructions::acknowledge(app, &session, &heartbeat.acknowledged_instruction_ids).await?;
    Ok(HeartbeatResponse {
        status: super::session::status(&session).into(),
        remaining_ms: (session.heartbeat_timeout * 1e3) as u64,
        instructions: instructions::open(app, &session).await?,
    })
}

fn said(heartbeat: &HeartbeatRequest, at: &Path<'_>) -> Result<Said, Failure> {
    let mut found = Violations::default();
    for (field, number) in [("context_tokens", heartbeat.context_tokens), ("context_limit", heartbeat.context_limit)] {
        if number.is_some_and(|number| number < 0) {
            found.add(&at.member(field), ErrorReason::InvalidField, "must not be negative");
        }
    }
    if heartbeat.acknowledged_instruction_ids.len() > ACKNOWLEDGED_AT_ONCE {
        let why = format!("must be at most {ACKNOWLEDGED_AT_ONCE}: acknowledge the rest with the next sign of life");
        found.add(&at.member("acknowledged_instruction_ids"), ErrorReason::TooManyItems, why);
    }
    let focus = &at.member("current_focus");
    let current_focus =
        plain_text::optional(&heartbeat.current_focus, 1_024, ErrorReason::InvalidField, focus, &mut found);
    found.finish()?;
    Ok(Said { context_tokens: heartbeat.context_tokens, context_limit: heartbeat.context_limit, current_focus })
}
