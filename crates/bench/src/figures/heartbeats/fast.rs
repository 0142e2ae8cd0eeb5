//! As many heartbeats as a few connections take, beside calls that do nothing.

use anyhow::Result;
use futures::FutureExt as _;
use god33_proto::v1::HeartbeatRequest;
use god33_proto::v1::session_service_client::SessionServiceClient;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use super::agents::Agents;
use super::watched::{Cost, Moment};
use crate::bench::Bench;
use crate::load::{Client, Done, Driven, closed_loop};
use crate::stats::median;
use crate::table::Table;
use crate::world::{Node, Place};

/// Clients that each wait for their answer.
const CLIENTS: usize = 32;

/// The connections that they share.
const CONNECTIONS: usize = 4;

const COLUMNS: [&str; 4] = ["calls/s", "p50 ms", "p99 ms", "ratio"];

/// What came out.
#[derive(Default)]
pub(super) struct Fast {
    costs: Vec<Cost>,
    heartbeats: Vec<Driven>,
    nothings: Vec<Driven>,
}

/// Measures both in turns.
pub(super) async fn as_fast_as_possible(bench: &Bench, node: &Node, agents: &Agents) -> Result<Fast> {
    let time = bench.seconds(2, 5);
    let channels = node.connections(CONNECTIONS).await?;
    let mut fast = Fast::default();
    for _ in 0..bench.short_or(1, 5) {
        let clients = (0..CLIENTS).map(|at| nothing(&channels[at % CONNECTIONS]));
        fast.nothings.push(closed_loop(time, clients.collect()).await?);
        let clients = (0..CLIENTS).map(|at| heartbeat(&channels[at % CONNECTIONS], agents.of(at, CLIENTS)));
        let before = Moment::of(node).await?;
        let driven = closed_loop(time, clients.collect()).await?;
        fast.costs.push(before.until_now(node, Some(driven.per_second)).await?);
        fast.heartbeats.push(driven);
    }
    Ok(fast)
}

impl Fast {
    /// What the heartbeats cost.
    pub(super) fn cost(&self) -> Cost {
        Cost::median(&self.costs)
    }

    /// How many heartbeats are taken in the time of one call that does nothing.
    pub(super) fn ratio(&self) -> Option<f64> {
        let pairs = self.heartbeats.iter().zip(&self.nothings);
        median(&pairs.map(|(heartbeat, nothing)| heartbeat.per_second / nothing.per_second).collect::<Vec<_>>())
    }

    /// Both, one under the other.
    pub(super) fn table(&self, place: Place) -> Table {
        let mut table = Table::new(format!("{place}: {CLIENTS} clients in a closed loop"), &COLUMNS);
        table.row("heartbeats", middle(&self.heartbeats).into_iter().chain([self.ratio()]));
        table.row("calls that do nothing", middle(&self.nothings));
        table
    }
}

fn middle(all: &[Driven]) -> [Option<f64>; 3] {
    let middle = |number: fn(&Driven) -> Option<f64>| median(&all.iter().filter_map(number).collect::<Vec<_>>());
    [
        middle(|driven| Some(driven.per_second)),
        middle(|driven| driven.latencies.within_ms(0.5)),
        middle(|driven| driven.latencies.within_ms(0.99)),
    ]
}

fn heartbeat(node: &Channel, agents: Vec<HeartbeatRequest>) -> Client {
    let client = SessionServiceClient::new(node.clone());
    let mut turns = agents.into_iter().cycle();
    Box::new(move || {
        let (mut client, request) = (client.clone(), turns.next().unwrap_or_default());
        async move {
            client.heartbeat(request).await?;
            Ok(Done::now(1))
        }
        .boxed()
    })
}

fn nothing(node: &Channel) -> Client {
    let client = HealthClient::new(node.clone());
    Box::new(move || {
        let mut client = client.clone();
        async move {
            client.check(HealthCheckRequest::default()).await?;
            Ok(Done::now(1))
        }
        .boxed()
    })
}
