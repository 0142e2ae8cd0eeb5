//! Gives the work on one service up.

use god33_domain::command::Author;
use god33_domain::director::{Delegation, FailDelegation};
use god33_proto::v1::{FailDelegationRequest, FailDelegationResponse};
use tonic::{Request, Response};

use super::said::id_of;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::text;
use crate::wire::violations::Violations;

asks!(FailDelegationRequest);

pub(super) async fn fail_delegation(
    app: &App,
    request: Request<FailDelegationRequest>,
) -> Result<Response<FailDelegationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(FailDelegationResponse {
        delegation: Some(done.state::<Delegation, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &FailDelegationRequest, author: Author, found: &mut Violations) -> Option<FailDelegation> {
    let delegation_id = id_of(&request.delegation_id, "delegation_id", found);
    let reason = text::required(&request.failure_reason, &Path::Request.member("failure_reason"), found);
    Some(FailDelegation { author, delegation_id: delegation_id?, failure_reason: reason? })
}
