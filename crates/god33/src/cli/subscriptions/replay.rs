//! `god33 subscriptions replay`.

use clap::Args;
use god33_proto::v1::ReplayParkedEventsRequest;

use super::ask::{AskArgs, NameArg};
use super::selection::SelectionArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target, print};

/// Try parked events again, from the first attempt.
#[derive(Args, Debug)]
pub struct Replay {
    #[command(flatten)]
    name: NameArg,

    #[command(flatten)]
    selection: SelectionArgs,

    #[command(flatten)]
    ask: AskArgs,
}

impl Replay {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ReplayParkedEventsRequest {
            request_id: self.ask.request_id(),
            subscription: self.name.name,
            selection: Some(self.selection.selection()?),
        };
        let answer = answered(async || {
            Ok(target.subscriptions().await?.replay_parked_events(request.clone()).await?.into_inner())
        })
        .await?;
        print::text(&format!("{}\n", answer.replayed))?;
        print::hint("parked events that are tried again")
    }
}
