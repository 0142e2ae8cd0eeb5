//! Reads the cursor that a projector stored with its appends.

use god33_proto::v1::{GetProjectorCursorRequest, GetProjectorCursorResponse};
use tonic::{Request, Response};

use super::settings;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

pub(super) async fn get_projector_cursor(
    app: &App,
    request: Request<GetProjectorCursorRequest>,
) -> Result<Response<GetProjectorCursorResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let name = settings::only_name(&request.get_ref().name, "name")?;
    let store = app.subscriptions(principal, Action::ReadSubscriptions(None)).await?;
    let position = store.projector_cursor(&name).await?.get();
    Ok(Response::new(GetProjectorCursorResponse { position }))
}
