//! Lets a paused replay go on from where it was.

use god33_domain::replay::Replay;
use god33_proto::v1::{ResumeReplayRequest, ResumeReplayResponse};
use tonic::{Request, Response};

use super::ChangeOf;
use crate::App;
use crate::wire::status::Failure;

pub(crate) async fn resume_replay(
    app: &App,
    request: Request<ResumeReplayRequest>,
) -> Result<Response<ResumeReplayResponse>, Failure> {
    let message = request.get_ref();
    let change = ChangeOf::parse(&message.replay_id, &message.request_id, "ResumeReplay", message)?;
    let replay = change.apply(app, &request, Replay::resume).await?;
    Ok(Response::new(ResumeReplayResponse { replay: Some(replay) }))
}
