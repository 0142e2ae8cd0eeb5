//! `god33 director cancel-task`.

use clap::Args;
use god33_proto::v1::CancelCrossServiceTaskRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, TaskArg};
use crate::cli::{Failure, Target};

/// End a task that is not wanted any more.
#[derive(Args, Debug)]
pub struct CancelTask {
    #[command(flatten)]
    task: TaskArg,

    /// Who cancels it: an agent or a person. Without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl CancelTask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = CancelCrossServiceTaskRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            task_id: self.task.id(),
            cancelled_by: self.by.unwrap_or_default(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer = answered(async || {
            Ok(target.director().await?.cancel_cross_service_task(request.clone()).await?.into_inner())
        })
        .await?;
        let task = answer.task.unwrap_or_default();
        show::ended(target, &self.call, "cancelled", &task, &answer.event_ids, answer.position)
    }
}
