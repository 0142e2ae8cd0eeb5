//! Records the outcome of a check.

use god33_domain::command::Author;
use god33_domain::director::{CrossServiceTask, RecordMiseValidation};
use god33_proto::v1::{RecordMiseValidationRequest, RecordMiseValidationResponse};
use tonic::{Request, Response};

use super::said::draft;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, show};

asks!(RecordMiseValidationRequest);

pub(super) async fn record_mise_validation(
    app: &App,
    request: Request<RecordMiseValidationRequest>,
) -> Result<Response<RecordMiseValidationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RecordMiseValidationResponse {
        task: done.optional_noun::<CrossServiceTask>().map(show::message).transpose()?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &RecordMiseValidationRequest,
    author: Author,
    found: &mut Violations,
) -> Option<RecordMiseValidation> {
    let validation = draft(request.validation.as_ref(), "validation", found, |_| {});
    Some(RecordMiseValidation { author, validation: validation?.into_json() })
}
