//! `god33 subscriptions skip`.

use clap::Args;
use god33_proto::v1::SkipParkedEventsRequest;

use super::ask::{AskArgs, NameArg};
use super::selection::SelectionArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target, print};

/// Give parked events up. The events stay in the log.
#[derive(Args, Debug)]
pub struct Skip {
    #[command(flatten)]
    name: NameArg,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    ask: AskArgs,
}

impl Skip {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = SkipParkedEventsRequest {
            request_id: self.ask.request_id(),
            subscription: self.name.name,
            selection: Some(self.selection.selection()?),
            reason: self.reason.unwrap_or_default(),
        };
        let answer = answered(async || {
            Ok(target.subscriptions().await?.skip_parked_events(request.clone()).await?.into_inner())
        })
        .await?;
        print::text(&format!("{}\n", answer.skipped))?;
        print::hint("parked events that were given up")
    }
}
