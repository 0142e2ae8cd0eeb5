//! Ends a session without success.

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::session::FailSession;
use god33_proto::v1::{ErrorReason, FailSessionRequest, FailSessionResponse};
use tonic::{Request, Response};

use super::session;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(FailSessionRequest);

pub(super) async fn fail_session(
    app: &App,
    request: Request<FailSessionRequest>,
) -> Result<Response<FailSessionResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(FailSessionResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &FailSessionRequest, author: Author, found: &mut Violations) -> Option<FailSession> {
    let at = |name| Path::Member(&Path::Request, name);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let failure_reason = text::required(&request.failure_reason, &at("failure_reason"), found);
    let last_checkpoint_id = plain_text::optional(
        &request.last_checkpoint_id,
        255,
        ErrorReason::InvalidField,
        &at("last_checkpoint_id"),
        found,
    );
    Some(FailSession {
        author,
        session_id: session_id?.as_str().to_owned(),
        failure_reason: failure_reason?,
        last_checkpoint_id,
    })
}
