//! `god33 workflows timeline`.

use clap::Args;
use god33_proto::v1::GetTimelineRequest;

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print, tables};

/// Show the history of a workflow, line by line.
#[derive(Args, Debug)]
pub struct Timeline {
    /// Id of the workflow.
    workflow_id: String,

    /// At most this many lines, 1 to 1,000.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,

    /// Go on where an earlier page ended: the token that it printed.
    #[arg(long, value_name = "TOKEN", default_value = "")]
    page: String,
}

impl Timeline {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetTimelineRequest {
            workflow_id: self.workflow_id,
            page_size: self.limit,
            page_token: self.page,
            ..GetTimelineRequest::default()
        };
        let answer = target.workflows().await?.get_timeline(request).await?.into_inner();
        if target.output == Output::Json {
            answer.timeline.iter().try_for_each(|entry| print::json(&print::message_json(entry)))?;
            return print::more(target, &answer.next_page_token);
        }
        tables::timeline(&answer.timeline)?;
        print::more(target, &answer.next_page_token)
    }
}
