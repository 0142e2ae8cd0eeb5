//! Delivers the work on one service.

use god33_domain::command::Author;
use god33_domain::director::{CompleteDelegation, Delegation};
use god33_proto::v1::{CompleteDelegationRequest, CompleteDelegationResponse};
use tonic::{Request, Response};

use super::said::{draft, id_of};
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(CompleteDelegationRequest);

pub(super) async fn complete_delegation(
    app: &App,
    request: Request<CompleteDelegationRequest>,
) -> Result<Response<CompleteDelegationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompleteDelegationResponse {
        delegation: Some(done.state::<Delegation, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CompleteDelegationRequest, author: Author, found: &mut Violations) -> Option<CompleteDelegation> {
    let delegation_id = id_of(&request.delegation_id, "delegation_id", found);
    let result = draft(request.result.as_ref(), "result", found, |_| {});
    Some(CompleteDelegation { author, delegation_id: delegation_id?, result: result?.into_json() })
}
