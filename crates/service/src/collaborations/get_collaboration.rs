//! Reads a collaboration.

use god33_domain::collaboration::Collaboration;
use god33_proto::v1::{GetCollaborationRequest, GetCollaborationResponse};
use tonic::{Request, Response};

use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal, show};

pub(super) async fn get_collaboration(
    app: &App,
    request: Request<GetCollaborationRequest>,
) -> Result<Response<GetCollaborationResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.collaboration_id, &Path::Request.member("collaboration_id"))?;
    let shown = show::find::<Collaboration>(app, principal, &id, request.min_position).await?;
    Ok(Response::new(GetCollaborationResponse {
        collaboration: Some(show::message(&shown.state)?),
        position: shown.position.max(shown.state.position).get(),
    }))
}
