//! `god33 workflows timeline`.

use clap::Args;
use god33_proto::v1::GetTimelineRequest;

use super::show;
use crate::cli::arguments::WorkflowArg;
use crate::cli::{Failure, Target, print, table};

/// Show the history of a workflow, line by line.
#[derive(Args, Debug)]
pub struct Timeline {
    #[command(flatten)]
    workflow: WorkflowArg,

    /// At most this many lines, 1 to 1,000.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,

    /// Go on where an earlier page ended: the token that it printed.
    #[arg(long, value_name = "TOKEN")]
    page: Option<String>,
}

impl Timeline {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetTimelineRequest {
            workflow_id: self.workflow.id(),
            page_size: self.limit,
            page_token: self.page.unwrap_or_default(),
            ..GetTimelineRequest::default()
        };
        let answer = target.workflows().await?.get_timeline(request).await?.into_inner();
        let none = "nothing moved it yet";
        table::list(target, &answer.timeline, print::message_json, show::entry, none, &answer.next_page_token)
    }
}
