//! Asks for a check of the services.

use god33_domain::command::Author;
use god33_domain::director::{ALL_SERVICES, CrossServiceTask, RequestMiseValidation};
use god33_proto::v1::{RequestMiseValidationRequest, RequestMiseValidationResponse};
use tonic::{Request, Response};

use super::said::draft;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, show};

asks!(RequestMiseValidationRequest);

pub(super) async fn request_mise_validation(
    app: &App,
    request: Request<RequestMiseValidationRequest>,
) -> Result<Response<RequestMiseValidationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RequestMiseValidationResponse {
        task: done.optional_noun::<CrossServiceTask>().map(show::message).transpose()?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &RequestMiseValidationRequest,
    author: Author,
    found: &mut Violations,
) -> Option<RequestMiseValidation> {
    let validation = draft(request.validation.as_ref(), "validation", found, |asked| {
        if asked.validates.is_empty() {
            asked.validates = ALL_SERVICES.into();
        }
    });
    Some(RequestMiseValidation { author, validation: validation?.into_json() })
}
