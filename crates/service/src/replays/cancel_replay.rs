//! Ends a replay, on whichever node it runs. What it has delivered stays delivered.

use god33_proto::v1::{CancelReplayRequest, CancelReplayResponse};
use tonic::{Request, Response};

use super::ChangeOf;
use crate::App;
use crate::wire::status::Failure;

pub(crate) async fn cancel_replay(
    app: &App,
    request: Request<CancelReplayRequest>,
) -> Result<Response<CancelReplayResponse>, Failure> {
    let message = request.get_ref();
    let change = ChangeOf::parse(&message.replay_id, &message.request_id, "CancelReplay", message)?;
    let now = app.clock.now();
    let replay = change.apply(app, &request, move |replay| replay.cancel(now)).await?;
    Ok(Response::new(CancelReplayResponse { replay: Some(replay) }))
}
