//! Starts a session.

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::session::StartSession;
use god33_proto::v1::{ErrorReason, SessionStarted, StartSessionRequest, StartSessionResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::session;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload, plain_text, wait};

asks!(StartSessionRequest);

/// How long a session may be silent at most, in seconds: a day.
pub(super) const LONGEST: f64 = 86_400.0;

pub(super) async fn start_session(
    app: &App,
    request: Request<StartSessionRequest>,
) -> Result<Response<StartSessionResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(StartSessionResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &StartSessionRequest, author: Author, found: &mut Violations) -> Option<StartSession> {
    let at = |name| Path::Member(&Path::Request, name);
    let Some(session) = &request.session else {
        found.add(&at("session"), ErrorReason::InvalidField, "is required: say at least agent_type");
        return None;
    };
    let session = with_id(session.clone());
    let session_id: Option<SessionId> =
        id::label(&session.session_id, &at("session").member("session_id"), ErrorReason::InvalidField, found);
    let framework = plain_text::optional(&request.framework, 100, ErrorReason::InvalidField, &at("framework"), found);
    let heartbeat_timeout =
        wait::seconds(request.heartbeat_timeout.as_ref(), 1.0, LONGEST, &at("heartbeat_timeout"), found);
    let agent_id = match request.agent_id.as_str() {
        "" => None,
        text => id::uuid(text, &at("agent_id"), found),
    };
    let session = payload::draft(&session, &at("session"), found)?.into_json();
    Some(StartSession {
        author,
        session_id: session_id?,
        session,
        framework,
        heartbeat_timeout,
        agent_id: agent_id.map(|id| id.to_string()),
    })
}

/// The same session, under an id that the server makes when it has none.
fn with_id(session: SessionStarted) -> SessionStarted {
    match session.session_id.as_str() {
        "" => SessionStarted { session_id: Uuid::now_v7().to_string(), ..session },
        _ => session,
    }
}
