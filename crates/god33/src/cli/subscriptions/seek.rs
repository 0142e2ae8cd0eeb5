//! `god33 subscriptions seek`.

use clap::Args;
use god33_proto::v1::SeekSubscriptionRequest;

use super::ask::{AskArgs, NameArg};
use super::show;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Move the cursor: what follows is delivered anew, and what is out is void.
#[derive(Args, Debug)]
pub struct Seek {
    #[command(flatten)]
    name: NameArg,

    /// Deliver everything after this position; 0 is the beginning of the log.
    #[arg(value_name = "POSITION")]
    after: u64,

    /// Move it although consumers are connected.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    ask: AskArgs,
}

impl Seek {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = SeekSubscriptionRequest {
            request_id: self.ask.request_id(),
            name: self.name.name,
            after_position: self.after,
            force: self.force,
        };
        let answer =
            answered(async || Ok(target.subscriptions().await?.seek_subscription(request.clone()).await?.into_inner()))
                .await?;
        show::changed(target, &answer.subscription.unwrap_or_default())
    }
}
