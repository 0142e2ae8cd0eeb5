//! `god33 checkpoints list`.

use clap::Args;
use god33_proto::v1::ListCheckpointsRequest;

use super::show;
use crate::cli::arguments::{PageArgs, SessionArg};
use crate::cli::{Failure, Target, print, table};

/// List the checkpoints of a session, the newest first.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    session: SessionArg,

    /// List the deleted ones too.
    #[arg(long)]
    deleted: bool,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListCheckpointsRequest {
            session_id: self.session.id(),
            include_deleted: self.deleted,
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.sessions().await?.list_checkpoints(request).await?.into_inner();
        let none = "no checkpoints: save one with `god33 checkpoints save --summary TEXT`";
        table::list(target, &answer.checkpoints, print::message_json, show::line, none, &answer.next_page_token)
    }
}
