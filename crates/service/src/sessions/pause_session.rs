//! Lets a session wait.

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::session::PauseSession;
use god33_proto::v1::{ErrorReason, PauseSessionRequest, PauseSessionResponse};
use tonic::{Request, Response};

use super::session;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(PauseSessionRequest);

pub(super) async fn pause_session(
    app: &App,
    request: Request<PauseSessionRequest>,
) -> Result<Response<PauseSessionResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(PauseSessionResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &PauseSessionRequest, author: Author, found: &mut Violations) -> Option<PauseSession> {
    let at = |name| Path::Member(&Path::Request, name);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let reason = text::required(&request.reason, &at("reason"), found);
    let checkpoint_id =
        plain_text::optional(&request.checkpoint_id, 255, ErrorReason::InvalidField, &at("checkpoint_id"), found);
    Some(PauseSession { author, session_id: session_id?.as_str().to_owned(), reason: reason?, checkpoint_id })
}
