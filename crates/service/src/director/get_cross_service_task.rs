//! Reads a task over several services.

use god33_domain::director::CrossServiceTask;
use god33_proto::v1::{GetCrossServiceTaskRequest, GetCrossServiceTaskResponse};
use tonic::{Request, Response};

use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal, show};

pub(super) async fn get_cross_service_task(
    app: &App,
    request: Request<GetCrossServiceTaskRequest>,
) -> Result<Response<GetCrossServiceTaskResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.task_id, &Path::Request.member("task_id"))?;
    let shown = show::find::<CrossServiceTask>(app, principal, &id, request.min_position).await?;
    Ok(Response::new(GetCrossServiceTaskResponse {
        task: Some(show::message(&shown.state)?),
        position: shown.position.max(shown.state.position).get(),
    }))
}
