//! Reads a handoff.

use god33_domain::handoff::Handoff;
use god33_proto::v1::{GetHandoffRequest, GetHandoffResponse};
use tonic::{Request, Response};

use super::lease;
use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal, show};

pub(super) async fn get_handoff(
    app: &App,
    request: Request<GetHandoffRequest>,
) -> Result<Response<GetHandoffResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.handoff_id, &Path::Request.member("handoff_id"))?;
    let shown = show::find::<Handoff>(app, principal, &id, request.min_position).await?;
    Ok(Response::new(GetHandoffResponse {
        handoff: Some(lease::message(app, &shown.state)?),
        position: shown.position.max(shown.state.position).get(),
    }))
}
