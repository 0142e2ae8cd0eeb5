//! Gives the work on one service to an agent.

use god33_domain::command::Author;
use god33_domain::director::{DelegateService, Delegation};
use god33_proto::v1::{DelegateServiceRequest, DelegateServiceResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::said::draft;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(DelegateServiceRequest);

pub(super) async fn delegate_service(
    app: &App,
    request: Request<DelegateServiceRequest>,
) -> Result<Response<DelegateServiceResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(DelegateServiceResponse {
        delegation: Some(done.state::<Delegation, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &DelegateServiceRequest, author: Author, found: &mut Violations) -> Option<DelegateService> {
    let delegation = draft(request.delegation.as_ref(), "delegation", found, |asked| {
        // It names a pattern or an event, whose ids have one form.
        if Uuid::try_parse(&asked.pattern_reference).is_ok() {
            asked.pattern_reference.make_ascii_lowercase();
        }
    });
    Some(DelegateService { author, delegation: delegation?.into_json() })
}
