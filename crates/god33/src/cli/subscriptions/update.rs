//! `god33 subscriptions update`.

use clap::Args;
use god33_proto::v1::{GetSubscriptionRequest, UpdateSubscriptionRequest};

use super::ask::{AskArgs, NameArg};
use super::settings::SettingsArgs;
use super::show;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Change the settings that are named; the others stay. A filter that is given replaces the whole filter.
#[derive(Args, Debug)]
pub struct Update {
    #[command(flatten)]
    name: NameArg,

    #[command(flatten)]
    settings: SettingsArgs,

    #[command(flatten)]
    ask: AskArgs,
}

impl Update {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let read = GetSubscriptionRequest { name: self.name.name.clone() };
        let known = target.subscriptions().await?.get_subscription(read).await?.into_inner().subscription;
        let known = known.unwrap_or_default();
        let request = UpdateSubscriptionRequest {
            request_id: self.ask.request_id(),
            name: self.name.name,
            settings: Some(self.settings.over(known.settings.unwrap_or_default())?),
            expected_version: Some(known.version),
        };
        let answer = answered(async || {
            Ok(target.subscriptions().await?.update_subscription(request.clone()).await?.into_inner())
        })
        .await?;
        show::changed(target, &answer.subscription.unwrap_or_default())
    }
}
