//! `god33 director fail-task`.

use clap::Args;
use god33_proto::v1::FailCrossServiceTaskRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, TaskArg};
use crate::cli::{Failure, Target};

/// End a task without success.
#[derive(Args, Debug)]
pub struct FailTask {
    #[command(flatten)]
    task: TaskArg,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    #[command(flatten)]
    call: CallArgs,
}

impl FailTask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = FailCrossServiceTaskRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            task_id: self.task.id(),
            failure_reason: self.reason,
        };
        let answer = answered(async || {
            Ok(target.director().await?.fail_cross_service_task(request.clone()).await?.into_inner())
        })
        .await?;
        let task = answer.task.unwrap_or_default();
        show::ended(target, &self.call, "failed", &task, &answer.event_ids, answer.position)
    }
}
