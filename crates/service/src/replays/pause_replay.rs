//! Halts a replay, on whichever node it runs.

use god33_domain::replay::Replay;
use god33_proto::v1::{PauseReplayRequest, PauseReplayResponse};
use tonic::{Request, Response};

use super::ChangeOf;
use crate::App;
use crate::wire::status::Failure;

pub(crate) async fn pause_replay(
    app: &App,
    request: Request<PauseReplayRequest>,
) -> Result<Response<PauseReplayResponse>, Failure> {
    let message = request.get_ref();
    let change = ChangeOf::parse(&message.replay_id, &message.request_id, "PauseReplay", message)?;
    let replay = change.apply(app, &request, Replay::pause).await?;
    Ok(Response::new(PauseReplayResponse { replay: Some(replay) }))
}
