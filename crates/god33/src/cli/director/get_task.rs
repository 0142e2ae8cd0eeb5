//! `god33 director get-task`.

use clap::Args;
use god33_proto::v1::GetCrossServiceTaskRequest;

use super::show;
use crate::cli::arguments::TaskArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one task.
#[derive(Args, Debug)]
pub struct GetTask {
    #[command(flatten)]
    task: TaskArg,
}

impl GetTask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetCrossServiceTaskRequest { task_id: self.task.id(), min_position: 0 };
        let answer = target.director().await?.get_cross_service_task(request).await?.into_inner();
        let task = answer.task.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&task));
        }
        print::text(&show::whole(&task))?;
        print::hint(&show::next(&task))
    }
}
