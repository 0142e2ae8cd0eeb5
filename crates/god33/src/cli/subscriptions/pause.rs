//! `god33 subscriptions pause`.

use clap::Args;
use god33_proto::v1::SetSubscriptionPausedRequest;

use super::ask::{AskArgs, NameArg};
use super::show;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Stop deliveries. What is out may still be settled.
#[derive(Args, Debug)]
pub struct Pause {
    #[command(flatten)]
    name: NameArg,

    #[command(flatten)]
    ask: AskArgs,
}

impl Pause {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        set(target, self.name, &self.ask, true).await
    }
}

/// Stops deliveries, or lets them go on.
pub(super) async fn set(target: &Target, name: NameArg, ask: &AskArgs, paused: bool) -> Result<(), Failure> {
    let request = SetSubscriptionPausedRequest { request_id: ask.request_id(), name: name.name, paused };
    let answer = answered(async || {
        Ok(target.subscriptions().await?.set_subscription_paused(request.clone()).await?.into_inner())
    })
    .await?;
    show::changed(target, &answer.subscription.unwrap_or_default())
}
