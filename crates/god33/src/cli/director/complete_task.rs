//! `god33 director complete-task`.

use clap::Args;
use god33_proto::v1::CompleteCrossServiceTaskRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, TaskArg};
use crate::cli::{Failure, Target};

/// End a task with success.
#[derive(Args, Debug)]
pub struct CompleteTask {
    #[command(flatten)]
    task: TaskArg,

    /// Outcome; any word. Without it "success".
    #[arg(long, value_name = "WORD")]
    outcome: Option<String>,

    /// What came out of it, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Although services are not finished.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    call: CallArgs,
}

impl CompleteTask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = CompleteCrossServiceTaskRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            task_id: self.task.id(),
            outcome: self.outcome.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            force: self.force,
        };
        let answer = answered(async || {
            Ok(target.director().await?.complete_cross_service_task(request.clone()).await?.into_inner())
        })
        .await?;
        let task = answer.task.unwrap_or_default();
        show::ended(target, &self.call, "completed", &task, &answer.event_ids, answer.position)
    }
}
