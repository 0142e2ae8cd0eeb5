//! Withdraws work.

use god33_domain::command::Author;
use god33_domain::handoff::{CancelHandoff, Handoff};
use god33_proto::v1::{CancelHandoffRequest, CancelHandoffResponse, ErrorReason};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(CancelHandoffRequest);

pub(super) async fn cancel_handoff(
    app: &App,
    request: Request<CancelHandoffRequest>,
) -> Result<Response<CancelHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    Ok(Response::new(CancelHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CancelHandoffRequest, author: Author, found: &mut Violations) -> Option<CancelHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let cancelled_by =
        plain_text::optional(&request.cancelled_by, 255, ErrorReason::InvalidField, &at("cancelled_by"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(CancelHandoff { author, handoff_id: handoff_id?.to_string(), cancelled_by, reason })
}
