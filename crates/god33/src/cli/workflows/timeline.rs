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
    #[arg(long, default_value_t = 100, value_name = "N")]
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
            return answer.timeline.iter().try_for_each(|entry| print::json(&print::message_json(entry)));
        }
        tables::timeline(&answer.timeline)?;
        if !answer.next_page_token.is_empty() {
            print::hint(&format!("more: add --page {}", answer.next_page_token))?;
        }
        Ok(())
    }
}
