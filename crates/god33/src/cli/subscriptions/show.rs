//! `god33 subscriptions show`, and durable subscriptions for people.

use clap::Args;
use god33_proto::v1::{Consumer, GetSubscriptionRequest, Subscription, SubscriptionSettings};

use super::ask::NameArg;
use crate::cli::arguments::word;
use crate::cli::connection::Output;
use crate::cli::print::{message_json, one_line, time};
use crate::cli::table::{Sheet, dim, name};
use crate::cli::{Failure, Target, print};

/// Show one durable subscription with its lag and its consumers.
#[derive(Args, Debug)]
pub struct Show {
    #[command(flatten)]
    name: NameArg,
}

impl Show {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetSubscriptionRequest { name: self.name.name };
        let answer = target.subscriptions().await?.get_subscription(request).await?.into_inner();
        let subscription = answer.subscription.unwrap_or_default();
        match target.output {
            Output::Json => print::json(&message_json(&subscription)),
            Output::Text => print::text(&whole(&subscription)),
        }
    }
}

/// Prints a durable subscription that was changed.
pub(super) fn changed(target: &Target, subscription: &Subscription) -> Result<(), Failure> {
    match target.output {
        Output::Json => print::json(&message_json(subscription)),
        Output::Text => print::text(&(line(subscription) + "\n")),
    }
}

/// One on a line.
pub(super) fn line(subscription: &Subscription) -> String {
    format!(
        "{}  at {}  lag {}  out {}  parked {}  consumers {}  {}",
        name(&subscription.name),
        subscription.position,
        subscription.lag,
        subscription.in_flight,
        subscription.parked,
        subscription.consumers.len(),
        dim(if subscription.paused { "paused" } else { "" }),
    )
}

fn whole(subscription: &Subscription) -> String {
    let settings = subscription.settings.clone().unwrap_or_default();
    let sheet = Sheet::new(&subscription.name, if subscription.paused { "paused" } else { "" })
        .text("position", &subscription.position.to_string())
        .text("lag", &subscription.lag.to_string())
        .text("oldest", &subscription.oldest_unacknowledged.as_ref().map(seconds).unwrap_or_default())
        .text("out", &format!("{} of {}", subscription.in_flight, settings.max_in_flight))
        .text("parked", &subscription.parked.to_string());
    does(sheet, &settings)
        .time("created", subscription.created_at.as_ref())
        .text("version", &subscription.version.to_string())
        .texts("consumer", subscription.consumers.iter().map(consumer))
        .finish()
}

fn does(sheet: Sheet, settings: &SubscriptionSettings) -> Sheet {
    let attempts = format!(
        "{}, {} to {} apart",
        settings.max_attempts,
        settings.min_backoff.as_ref().map(seconds).unwrap_or_default(),
        settings.max_backoff.as_ref().map(seconds).unwrap_or_default(),
    );
    sheet
        .text("filter", &settings.filter.as_ref().map(message_json).unwrap_or_default())
        .text(
            "order",
            &format!("{}, parked keys {}", word(settings.ordering_key()), word(settings.parked_key_policy())),
        )
        .text("attempts", &attempts)
        .text("kept", &settings.ack_timeout.as_ref().map(seconds).unwrap_or_default())
}

fn consumer(consumer: &Consumer) -> String {
    let Consumer { consumer_id, connected_at, in_flight, acknowledged } = consumer;
    let since = time(connected_at.as_ref());
    format!("{}  since {since}  out {in_flight}  acknowledged {acknowledged}", one_line(consumer_id))
}

fn seconds(length: &prost_types::Duration) -> String {
    format!("{} s", length.seconds as f64 + f64::from(length.nanos) / 1e9)
}
