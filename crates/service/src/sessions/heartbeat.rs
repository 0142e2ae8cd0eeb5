//! Says that a session lives, and asks whether something is wanted of it.

use god33_proto::v1::{HeartbeatRequest, HeartbeatResponse};
use tonic::{Request, Response};

use super::link;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn heartbeat(
    app: &App,
    request: Request<HeartbeatRequest>,
) -> Result<Response<HeartbeatResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    Ok(Response::new(link::beat(app, principal, request.get_ref(), &Path::Request).await?))
}
