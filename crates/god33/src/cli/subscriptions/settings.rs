//! What a durable subscription does, as options.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{EventFilter, OrderingKey, ParkedKeyPolicy, SubscriptionSettings};

use crate::cli::Failure;
use crate::cli::arguments::{duration, lasting, words};
use crate::cli::filter::FilterArgs;

/// What a durable subscription does.
#[derive(Args, Clone, Debug)]
pub(super) struct SettingsArgs {
    #[command(flatten)]
    filter: FilterArgs,

    /// By what events are kept in order; without it by workflow.
    #[arg(long = "order", value_name = "KEY", value_parser = words::<OrderingKey>())]
    ordering_key: Option<OrderingKey>,

    /// What becomes of the later events of a key whose event is parked; without it they pass.
    #[arg(long = "parked-keys", value_name = "POLICY", value_parser = words::<ParkedKeyPolicy>())]
    parked_key_policy: Option<ParkedKeyPolicy>,

    /// How often an event is tried before it is parked; without it 3 times.
    #[arg(long = "attempts", value_name = "N")]
    max_attempts: Option<u32>,

    /// Wait before the second attempt, doubled each time; without it 1s.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    min_backoff: Option<Duration>,

    /// Longest wait before an attempt; without it 1m.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    max_backoff: Option<Duration>,

    /// How long a consumer may keep a delivery; without it 30s.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    ack_timeout: Option<Duration>,

    /// Most deliveries that are out at once, over all consumers; without it 1,000.
    #[arg(long = "max-out", value_name = "N")]
    max_in_flight: Option<u32>,
}

impl SettingsArgs {
    /// Settings with what is named changed.
    pub(super) fn over(&self, mut settings: SubscriptionSettings) -> Result<SubscriptionSettings, Failure> {
        let filter = self.filter.filter()?;
        if filter != EventFilter::default() {
            settings.filter = Some(filter);
        }
        if let Some(key) = self.ordering_key {
            settings.ordering_key = key.into();
        }
        if let Some(policy) = self.parked_key_policy {
            settings.parked_key_policy = policy.into();
        }
        settings.max_attempts = self.max_attempts.unwrap_or(settings.max_attempts);
        settings.max_in_flight = self.max_in_flight.unwrap_or(settings.max_in_flight);
        settings.min_backoff = self.min_backoff.map(lasting).or(settings.min_backoff);
        settings.max_backoff = self.max_backoff.map(lasting).or(settings.max_backoff);
        settings.ack_timeout = self.ack_timeout.map(lasting).or(settings.ack_timeout);
        Ok(settings)
    }
}
