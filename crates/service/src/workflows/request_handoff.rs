//! Hands a task of a workflow to an agent.

use god33_domain::command::Author;
use god33_domain::handoff::Handoff;
use god33_domain::workflow::RequestHandoff;
use god33_proto::v1::{ErrorReason, RequestHandoffRequest, RequestHandoffResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::handoffs::lease;
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(RequestHandoffRequest);

pub(super) async fn request_handoff(
    app: &App,
    request: Request<RequestHandoffRequest>,
) -> Result<Response<RequestHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RequestHandoffResponse {
        workflow: change::shown(&done)?,
        handoff: Some(lease::message(app, done.noun::<Handoff>()?)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &RequestHandoffRequest, author: Author, found: &mut Violations) -> Option<RequestHandoff> {
    let at = Path::Request.member("handoff");
    let Some(handoff) = &request.handoff else {
        found.add(&at, ErrorReason::InvalidField, "is required: say workflow_id and to_agent");
        return None;
    };
    let workflow_id = change::named(&handoff.workflow_id);
    let handoff = payload::draft(handoff, &at, found)?.into_json();
    Some(RequestHandoff { author, workflow_id: workflow_id?, expected_version: request.expected_version, handoff })
}
