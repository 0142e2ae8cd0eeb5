//! Ends a session with success.

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::session::CompleteSession;
use god33_proto::v1::{CompleteSessionRequest, CompleteSessionResponse, ErrorReason};
use tonic::{Request, Response};

use super::session;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload, plain_text, text};

asks!(CompleteSessionRequest);

pub(super) async fn complete_session(
    app: &App,
    request: Request<CompleteSessionRequest>,
) -> Result<Response<CompleteSessionResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompleteSessionResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CompleteSessionRequest, author: Author, found: &mut Violations) -> Option<CompleteSession> {
    let at = |name| Path::Member(&Path::Request, name);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let final_checkpoint_id = plain_text::optional(
        &request.final_checkpoint_id,
        255,
        ErrorReason::InvalidField,
        &at("final_checkpoint_id"),
        found,
    );
    let summary = text::prose(&request.summary, &at("summary"), found);
    let metrics = match &request.metrics {
        Some(metrics) => Some(payload::draft(metrics, &at("metrics"), found)?.into_json()),
        None => None,
    };
    Some(CompleteSession { author, session_id: session_id?.as_str().to_owned(), final_checkpoint_id, summary, metrics })
}
