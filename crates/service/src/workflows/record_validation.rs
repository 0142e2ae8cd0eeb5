//! Records the outcome of a check.

use god33_domain::command::Author;
use god33_domain::workflow::RecordValidation;
use god33_proto::v1::{ErrorReason, RecordValidationRequest, RecordValidationResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(RecordValidationRequest);

pub(super) async fn record_validation(
    app: &App,
    request: Request<RecordValidationRequest>,
) -> Result<Response<RecordValidationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RecordValidationResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &RecordValidationRequest, author: Author, found: &mut Violations) -> Option<RecordValidation> {
    let at = Path::Request.member("validation");
    let Some(validation) = &request.validation else {
        found.add(&at, ErrorReason::InvalidField, "is required: say workflow_id and passed");
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
    Some(RecordValidation { author, workflow_id: workflow_id?, expected_version: request.expected_version, validation })
}
