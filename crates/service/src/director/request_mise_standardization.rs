//! Asks an agent to define a pattern for services.

use god33_domain::command::Author;
use god33_domain::director::RequestMiseStandardization;
use god33_proto::v1::{RequestMiseStandardizationRequest, RequestMiseStandardizationResponse};
use tonic::{Request, Response};

use super::said::draft;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(RequestMiseStandardizationRequest);

pub(super) async fn request_mise_standardization(
    app: &App,
    request: Request<RequestMiseStandardizationRequest>,
) -> Result<Response<RequestMiseStandardizationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RequestMiseStandardizationResponse { event_ids: done.event_ids(), position: done.position() }))
}

fn command(
    request: &RequestMiseStandardizationRequest,
    author: Author,
    found: &mut Violations,
) -> Option<RequestMiseStandardization> {
    let standardization = draft(request.standardization.as_ref(), "standardization", found, |_| {});
    Some(RequestMiseStandardization { author, standardization: standardization?.into_json() })
}
