//! Gives work back unharmed.

use god33_domain::command::Author;
use god33_domain::handoff::{Handoff, ReleaseHandoff};
use god33_proto::v1::{ErrorReason, ReleaseHandoffRequest, ReleaseHandoffResponse};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(ReleaseHandoffRequest);

pub(super) async fn release_handoff(
    app: &App,
    request: Request<ReleaseHandoffRequest>,
) -> Result<Response<ReleaseHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    Ok(Response::new(ReleaseHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &ReleaseHandoffRequest, author: Author, found: &mut Violations) -> Option<ReleaseHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let fencing_token = lease::token(request.fencing_token, found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    let checkpoint_id =
        plain_text::optional(&request.checkpoint_id, 255, ErrorReason::InvalidField, &at("checkpoint_id"), found);
    Some(ReleaseHandoff {
        author,
        handoff_id: handoff_id?.to_string(),
        fencing_token: fencing_token?,
        reason,
        checkpoint_id,
    })
}
