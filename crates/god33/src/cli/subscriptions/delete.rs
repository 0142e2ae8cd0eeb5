//! `god33 subscriptions delete`.

use clap::Args;
use god33_proto::v1::DeleteSubscriptionRequest;

use super::ask::{AskArgs, NameArg};
use crate::cli::again::answered;
use crate::cli::{Failure, Target, print};

/// Delete a durable subscription, with what is parked in it. Its events stay in the log.
#[derive(Args, Debug)]
pub struct Delete {
    #[command(flatten)]
    name: NameArg,

    /// Delete it although consumers are connected.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    ask: AskArgs,
}

impl Delete {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let name = self.name.name;
        let request =
            DeleteSubscriptionRequest { request_id: self.ask.request_id(), name: name.clone(), force: self.force };
        answered(async || Ok(target.subscriptions().await?.delete_subscription(request.clone()).await?.into_inner()))
            .await?;
        print::hint(&format!("deleted durable subscription {}", print::one_line(&name)))
    }
}
