//! Starts a replay. One that goes to a stream begins when somebody streams it.

use god33_proto::v1::{StartReplayRequest, StartReplayResponse};
use tonic::{Request, Response};

use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{replay, request};
use crate::{Action, App, Principal};

pub(crate) async fn start_replay(
    app: &App,
    request: Request<StartReplayRequest>,
) -> Result<Response<StartReplayResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "StartReplay", message, &mut found);
    let spec = replay::parse(message.spec.as_ref(), &mut found);
    found.finish()?;
    let spec = spec.ok_or_else(|| Failure::defect("a replay had no fault and came to nothing"))?;

    let desk = app.desk(principal, Action::StartReplay(&spec)).await?;
    let started = desk.start(spec, &principal.name, id.as_ref()).await?;
    Ok(Response::new(StartReplayResponse { replay: Some(replay::to_proto(&started)) }))
}
