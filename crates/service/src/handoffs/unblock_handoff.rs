//! Says that help came.

use god33_domain::command::Author;
use god33_domain::handoff::{Handoff, UnblockHandoff};
use god33_proto::v1::{ErrorReason, UnblockHandoffRequest, UnblockHandoffResponse};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(UnblockHandoffRequest);

pub(super) async fn unblock_handoff(
    app: &App,
    request: Request<UnblockHandoffRequest>,
) -> Result<Response<UnblockHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    Ok(Response::new(UnblockHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &UnblockHandoffRequest, author: Author, found: &mut Violations) -> Option<UnblockHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let unblocked_by =
        plain_text::optional(&request.unblocked_by, 255, ErrorReason::InvalidField, &at("unblocked_by"), found);
    let resolution = text::prose(&request.resolution, &at("resolution"), found);
    Some(UnblockHandoff { author, handoff_id: handoff_id?.to_string(), unblocked_by, resolution })
}
