//! Gives work up.

use god33_domain::command::Author;
use god33_domain::handoff::{FailHandoff, Handoff};
use god33_proto::v1::{FailHandoffRequest, FailHandoffResponse};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, text};

asks!(FailHandoffRequest);

pub(super) async fn fail_handoff(
    app: &App,
    request: Request<FailHandoffRequest>,
) -> Result<Response<FailHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    Ok(Response::new(FailHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &FailHandoffRequest, author: Author, found: &mut Violations) -> Option<FailHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let fencing_token = lease::token(request.fencing_token, found);
    let failure_reason = text::required(&request.failure_reason, &at("failure_reason"), found);
    Some(FailHandoff {
        author,
        handoff_id: handoff_id?.to_string(),
        fencing_token: fencing_token?,
        failure_reason: failure_reason?,
        is_final: request.r#final,
    })
}
