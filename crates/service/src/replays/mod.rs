//! The replays of `EventStoreService`: plan, start, follow, pause, resume, cancel, stream.

mod cancel_replay;
mod get_replay;
mod list_replays;
mod pause_replay;
mod plan_replay;
mod resume_replay;
mod start_replay;
mod stream_replay;

pub(crate) use cancel_replay::cancel_replay;
pub(crate) use get_replay::get_replay;
pub(crate) use list_replays::list_replays;
pub(crate) use pause_replay::pause_replay;
pub(crate) use plan_replay::plan_replay;
pub(crate) use resume_replay::resume_replay;
pub(crate) use start_replay::start_replay;
pub(crate) use stream_replay::stream_replay;

use god33_domain::Request as RequestOfClient;
use god33_domain::replay::{Replay, ReplayId, ReplayRefusal};
use god33_proto::v1;
use prost::Message;
use tonic::Request;

use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{replay, request};
use crate::{Action, App, Principal};

/// A request that changes a replay.
struct ChangeOf {
    id: ReplayId,
    request: Option<RequestOfClient>,
}

impl ChangeOf {
    /// Reads what all of them have.
    fn parse<M: Message>(replay_id: &str, request_id: &str, rpc: &str, message: &M) -> Result<Self, Failure> {
        let mut found = Violations::default();
        let request = request::parse(request_id, rpc, message, &mut found);
        found.finish()?;
        Ok(Self { id: replay::id(replay_id)?, request })
    }

    /// Takes the step.
    async fn apply<M>(
        self,
        app: &App,
        request: &Request<M>,
        step: impl Fn(Replay) -> Result<Replay, ReplayRefusal> + Send,
    ) -> Result<v1::Replay, Failure> {
        let principal = Principal::of(request.extensions())?;
        let desk = app.desk(principal, Action::ControlReplay(self.id)).await?;
        let changed = desk.change(self.id, self.request.as_ref(), step).await?;
        Ok(replay::to_proto(&changed))
    }
}
