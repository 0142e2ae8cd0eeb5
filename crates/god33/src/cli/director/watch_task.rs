//! `god33 director watch-task`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{WatchCrossServiceTaskRequest, WatchCrossServiceTaskResponse};
use tonic::Streaming;

use super::show;
use crate::cli::answer::change;
use crate::cli::arguments::TaskArg;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, print};

/// Follow a task until it ends: first as it is, then after each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct WatchTask {
    #[command(flatten)]
    task: TaskArg,
}

impl WatchTask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchCrossServiceTaskRequest { task_id: self.task.id(), min_position: 0 };
        follow(target, &mut Changes { request, version: None }).await
    }
}

/// What is watched, and the version that was printed last.
struct Changes {
    request: WatchCrossServiceTaskRequest,
    version: Option<u64>,
}

impl follow::Watch for Changes {
    type Message = WatchCrossServiceTaskResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchCrossServiceTaskResponse>, Failure> {
        Ok(target.director().await?.watch_cross_service_task(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchCrossServiceTaskResponse) -> Result<ControlFlow<()>, Failure> {
        self.request.min_position = message.position;
        let Some(task) = &message.task else { return Ok(ControlFlow::Continue(())) };
        // A stream that is opened again tells first what is known already.
        let is_known = self.version.replace(task.version) == Some(task.version);
        if message.event.is_some() || !is_known {
            let json = print::message_json(task);
            change(target, ("task", &json), message.event.as_ref(), message.position, &show::line(task))?;
        }
        Ok(if show::has_ended(task) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}
