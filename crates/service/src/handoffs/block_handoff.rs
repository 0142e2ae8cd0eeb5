//! Says that work needs help.

use god33_domain::command::Author;
use god33_domain::handoff::{BlockHandoff, Handoff};
use god33_proto::v1::{BlockHandoffRequest, BlockHandoffResponse, ErrorReason};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(BlockHandoffRequest);

pub(super) async fn block_handoff(
    app: &App,
    request: Request<BlockHandoffRequest>,
) -> Result<Response<BlockHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    lease::beat(app, handoff);
    Ok(Response::new(BlockHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &BlockHandoffRequest, author: Author, found: &mut Violations) -> Option<BlockHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let fencing_token = lease::token(request.fencing_token, found);
    let reason = text::required(&request.reason, &at("reason"), found);
    let needs = plain_text::optional(&request.needs, 255, ErrorReason::InvalidField, &at("needs"), found);
    Some(BlockHandoff {
        author,
        handoff_id: handoff_id?.to_string(),
        fencing_token: fencing_token?,
        reason: reason?,
        needs,
    })
}
