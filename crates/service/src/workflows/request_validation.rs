//! Asks for a check of a result.

use god33_domain::command::Author;
use god33_domain::workflow::RequestValidation;
use god33_proto::v1::{ErrorReason, RequestValidationRequest, RequestValidationResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(RequestValidationRequest);

pub(super) async fn request_validation(
    app: &App,
    request: Request<RequestValidationRequest>,
) -> Result<Response<RequestValidationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RequestValidationResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &RequestValidationRequest, author: Author, found: &mut Violations) -> Option<RequestValidation> {
    let at = Path::Request.member("validation");
    let Some(validation) = &request.validation else {
        found.add(&at, ErrorReason::InvalidField, "is required: say workflow_id and target_agent");
        return None;
    };
    if validation.workflow_id.is_empty() {
        found.add(
            &at.member("workflow_id"),
            ErrorReason::InvalidField,
            "is required: the workflow that the check is in",
        );
    }
    let workflow_id = change::named(&validation.workflow_id);
    let validation = payload::draft(validation, &at, found)?.into_json();
    Some(RequestValidation {
        author,
        workflow_id: workflow_id?,
        expected_version: request.expected_version,
        validation,
    })
}
