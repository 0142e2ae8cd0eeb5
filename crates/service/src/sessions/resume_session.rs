//! Lets a session go on.

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::session::ResumeSession;
use god33_proto::v1::{ErrorReason, ResumeSessionRequest, ResumeSessionResponse};
use tonic::{Request, Response};

use super::session;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text};

asks!(ResumeSessionRequest);

pub(super) async fn resume_session(
    app: &App,
    request: Request<ResumeSessionRequest>,
) -> Result<Response<ResumeSessionResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(ResumeSessionResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &ResumeSessionRequest, author: Author, found: &mut Violations) -> Option<ResumeSession> {
    let at = |name| Path::Member(&Path::Request, name);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let resuming_from_checkpoint = plain_text::optional(
        &request.resuming_from_checkpoint,
        255,
        ErrorReason::InvalidField,
        &at("resuming_from_checkpoint"),
        found,
    );
    Some(ResumeSession { author, session_id: session_id?.as_str().to_owned(), resuming_from_checkpoint })
}
