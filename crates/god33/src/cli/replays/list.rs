//! `god33 replays list`.

use clap::Args;
use god33_proto::v1::ListReplaysRequest;

use super::text;
use crate::cli::arguments::PageArgs;
use crate::cli::{Failure, Target, print, table};

/// List replays, the newest first.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListReplaysRequest { page_size: self.page.limit, page_token: self.page.page };
        let answer = target.event_store().await?.list_replays(request).await?.into_inner();
        let none = "no replays: see what one would deliver with `god33 replays plan`";
        table::list(target, &answer.replays, print::message_json, text::line, none, &answer.next_page_token)
    }
}
