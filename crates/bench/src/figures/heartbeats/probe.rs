//! Other work on a server: 50 appends a second, whose time is taken.

use std::time::Duration;

use anyhow::{Context as _, Result};
use god33_proto::v1::AppendEventsRequest;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tonic::transport::Channel;

use crate::load::events::Producer;
use crate::stats::Latencies;
use crate::world::Node;

/// The time from one append to the next.
const PACE: Duration = Duration::from_millis(20);

/// A client that appends.
pub(super) struct Probe {
    client: EventStoreServiceClient<Channel>,
    producer: Producer,
}

impl Probe {
    /// A client with a connection and a session of its own.
    pub(super) async fn of(node: &Node) -> Result<Self> {
        let channel = node.connect().await?;
        Ok(Self { producer: Producer::start(channel.clone()).await?, client: EventStoreServiceClient::new(channel) })
    }

    /// Appends for a time. Answers within how many milliseconds half of the appends, and 95 of 100, were answered.
    pub(super) async fn percentiles(&self, time: Duration) -> Result<[f64; 2]> {
        let (until, mut pace, mut under_way) = (Instant::now() + time, interval(PACE), JoinSet::new());
        // Late ones are not left out: who waits behind a slow append waits.
        pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
        while Instant::now() < until {
            let due = pace.tick().await;
            let (mut client, event) = (self.client.clone(), self.producer.event());
            under_way.spawn(async move {
                client.append_events(AppendEventsRequest { events: vec![event], ..Default::default() }).await?;
                anyhow::Ok(due.elapsed())
            });
        }
        let taken = under_way.join_all().await.into_iter().collect::<Result<Vec<Duration>>>()?;
        let latencies = Latencies::of(taken);
        let within = |share| latencies.within_ms(share).context("nothing was appended");
        Ok([within(0.5)?, within(0.95)?])
    }
}
