//! `god33 collaborations history`.

use clap::Args;
use god33_proto::v1::ListSharedContextHistoryRequest;

use super::show;
use crate::cli::arguments::{CollaborationArg, PageArgs};
use crate::cli::{Failure, Target, print, table};

/// List the values that a key had, the newest first.
#[derive(Args, Debug)]
pub struct History {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// The key; without it all keys.
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl History {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let collaboration_id = self.collaboration.id();
        let none = format!(
            "nothing is shared yet: god33 collaborations set {} KEY=JSON --agent NAME",
            print::shell_word(&collaboration_id)
        );
        let request = ListSharedContextHistoryRequest {
            collaboration_id,
            key: self.key.unwrap_or_default(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.collaborations().await?.list_shared_context_history(request).await?.into_inner();
        table::list(target, &answer.values, print::message_json, show::value_line, &none, &answer.next_page_token)
    }
}
