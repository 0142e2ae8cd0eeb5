//! `god33 subscriptions create`.

use clap::Args;
use god33_domain::Timestamp;
use god33_proto::v1::create_subscription_request::Start;
use god33_proto::v1::{CreateSubscriptionRequest, SubscriptionSettings};

use super::ask::{AskArgs, NameArg};
use super::settings::SettingsArgs;
use super::show;
use crate::cli::again::answered;
use crate::cli::filter::time;
use crate::cli::{Failure, Target, print};

/// Create a durable subscription. One that exists with the same settings stays as it is.
#[derive(Args, Debug)]
pub struct Create {
    #[command(flatten)]
    name: NameArg,

    /// Where to start: `now`, `beginning`, a position (the first event after it), or a time (RFC 3339).
    #[arg(long, default_value = "now", value_name = "WHERE")]
    from: String,

    #[command(flatten)]
    settings: SettingsArgs,

    #[command(flatten)]
    ask: AskArgs,
}

impl Create {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = CreateSubscriptionRequest {
            request_id: self.ask.request_id(),
            name: self.name.name,
            settings: Some(self.settings.over(SubscriptionSettings::default())?),
            start: Some(start(&self.from)?),
        };
        let answer = answered(async || {
            Ok(target.subscriptions().await?.create_subscription(request.clone()).await?.into_inner())
        })
        .await?;
        let subscription = answer.subscription.unwrap_or_default();
        show::changed(target, &subscription)?;
        print::hint(&format!("consume it with `god33 subscriptions consume {}`", print::shell_word(&subscription.name)))
    }
}

fn start(from: &str) -> Result<Start, Failure> {
    match from {
        "now" => Ok(Start::FromNow(true)),
        "beginning" => Ok(Start::FromBeginning(true)),
        _ => match from.parse::<u64>() {
            Ok(position) => Ok(Start::AfterPosition(position)),
            Err(_) if Timestamp::parse_lenient(from).is_ok() => Ok(Start::Since(time("--from", from)?)),
            Err(_) => Err(Failure::Usage(format!(
                "--from {from} is neither `now`, `beginning`, a position nor a time such as 2026-01-11T14:30:00Z"
            ))),
        },
    }
}
