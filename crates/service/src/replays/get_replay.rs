//! How a replay stands.

use god33_proto::v1::{GetReplayRequest, GetReplayResponse};
use tonic::{Request, Response};

use crate::wire::replay;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

pub(crate) async fn get_replay(
    app: &App,
    request: Request<GetReplayRequest>,
) -> Result<Response<GetReplayResponse>, Failure> {
    let desk = app.desk(Principal::of(request.extensions())?, Action::ReadReplays).await?;
    let found = desk.get(replay::id(&request.get_ref().replay_id)?).await?;
    Ok(Response::new(GetReplayResponse { replay: Some(replay::to_proto(&found)) }))
}
