//! `god33 director list-tasks`.

use clap::Args;
use god33_proto::v1::{CrossServiceTaskState, ListCrossServiceTasksRequest};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::{Failure, Target, print, table};

/// List tasks, the newest first.
#[derive(Args, Debug)]
pub struct ListTasks {
    /// In this state; may be repeated.
    #[arg(long = "state", value_parser = words::<CrossServiceTaskState>())]
    states: Vec<CrossServiceTaskState>,

    /// Of this workflow.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,

    /// Over this service.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl ListTasks {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListCrossServiceTasksRequest {
            states: self.states.into_iter().map(Into::into).collect(),
            workflow_id: self.workflow.unwrap_or_default(),
            service: self.service.unwrap_or_default(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.director().await?.list_cross_service_tasks(request).await?.into_inner();
        let none = "no tasks: create one with `god33 director create-task --goal GOAL --service NAME:AGENT`";
        table::list(target, &answer.tasks, print::message_json, show::line, none, &answer.next_page_token)
    }
}
