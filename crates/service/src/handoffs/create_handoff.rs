//! Asks a peer to take over work.

use god33_domain::handoff::{CreateHandoff, Handoff};
use god33_proto::v1::{CreateHandoffRequest, CreateHandoffResponse, ErrorReason};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;

asks!(CreateHandoffRequest);

pub(super) async fn create_handoff(
    app: &App,
    request: Request<CreateHandoffRequest>,
) -> Result<Response<CreateHandoffResponse>, Failure> {
    let done = ask(app, &request, |request, author, found| {
        let at = Path::Request.member("handoff");
        let Some(handoff) = &request.handoff else {
            found.add(&at, ErrorReason::InvalidField, "is required: say at least to_agent");
            return None;
        };
        let handoff = payload::draft(handoff, &at, found)?.into_json();
        Some(CreateHandoff { author, handoff })
    });
    let done = done.await?;
    Ok(Response::new(CreateHandoffResponse {
        handoff: Some(lease::message(app, done.noun::<Handoff>()?)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}
