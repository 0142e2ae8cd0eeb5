//! Gives the work on one service to an agent.

use god33_domain::command::Author;
use god33_domain::director::{DelegateService, Delegation};
use god33_proto::v1::{DelegateServiceRequest, DelegateServiceResponse};
use tonic::{Request, Response};

use super::said::{draft, in_one_form};
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
        in_one_form([&mut asked.task_id, &mut asked.delegation_id, &mut asked.pattern_reference]);
    });
    Some(DelegateService { author, delegation: delegation?.into_json() })
}
