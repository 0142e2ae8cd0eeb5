//! Reads a delegation.

use god33_domain::director::Delegation;
use god33_proto::v1::{GetDelegationRequest, GetDelegationResponse};
use tonic::{Request, Response};

use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal, show};

pub(super) async fn get_delegation(
    app: &App,
    request: Request<GetDelegationRequest>,
) -> Result<Response<GetDelegationResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.delegation_id, &Path::Request.member("delegation_id"))?;
    let shown = show::find::<Delegation>(app, principal, &id, request.min_position).await?;
    Ok(Response::new(GetDelegationResponse {
        delegation: Some(show::message(&shown.state)?),
        position: shown.position.max(shown.state.position).get(),
    }))
}
