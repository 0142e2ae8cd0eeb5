//! What is replayed: the options that plan and start share.

use clap::Args;
use god33_proto::v1::ReplaySpec;
use god33_proto::v1::replay_spec::{Pace, Target};

use crate::cli::Failure;
use crate::cli::filter::FilterArgs;

/// What is replayed, where to and how fast. Without a target it goes to whoever streams it.
#[derive(Args, Clone, Debug)]
pub(super) struct SpecArgs {
    #[command(flatten)]
    filter: FilterArgs,

    /// Only events after this position.
    #[arg(long, value_name = "POSITION", default_value_t = 0, hide_default_value = true)]
    after: u64,

    /// Only events up to this position; without it up to the newest one when it starts.
    #[arg(long, value_name = "POSITION", default_value_t = 0, hide_default_value = true)]
    up_to: u64,

    /// Publish to this exchange, which must be there.
    #[arg(long, value_name = "NAME", conflicts_with = "subscription")]
    exchange: Option<String>,

    /// Deliver to this durable subscription.
    #[arg(long, value_name = "NAME")]
    subscription: Option<String>,

    /// Factor of the original speed: 1 keeps the original spacing, 10 is ten times as fast.
    #[arg(long, value_name = "FACTOR", conflicts_with = "rate")]
    speed: Option<f64>,

    /// Events per second.
    #[arg(long, value_name = "NUMBER")]
    rate: Option<f64>,

    /// The exchange may be one that running agents listen to.
    #[arg(long)]
    allow_live_exchange: bool,
}

impl SpecArgs {
    pub(super) fn spec(self) -> Result<ReplaySpec, Failure> {
        let target = match (self.exchange, self.subscription) {
            (Some(exchange), _) => Target::Exchange(exchange),
            (None, Some(subscription)) => Target::Subscription(subscription),
            (None, None) => Target::Stream(true),
        };
        Ok(ReplaySpec {
            filter: Some(self.filter.filter()?),
            after_position: self.after,
            until_position: self.up_to,
            target: Some(target),
            pace: self.speed.map(Pace::Speed).or(self.rate.map(Pace::EventsPerSecond)),
            allow_live_exchange: self.allow_live_exchange,
        })
    }
}
