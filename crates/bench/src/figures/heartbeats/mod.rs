//! Ten thousand agents that say that they live must not load the store, nor slow other work.
//!
//! Two servers run side by side: one with the agents, and one without, which is the yardstick for other work. They are asked in turns, and
//! while the yardstick is asked the agents pause, since they share its processor.

mod agents;
mod fast;
mod probe;
mod watched;

use anyhow::{Context as _, Result};
use futures::FutureExt as _;

use crate::bench::Bench;
use crate::figure::Figure;
use crate::report::{Bound, Findings, Goal};
use crate::stats::median;
use crate::table::Table;
use crate::world::{Node, Place};
use agents::{Agents, Beating, How};
use fast::as_fast_as_possible;
use probe::Probe;
use watched::{Cost, watch};

pub(crate) const FIGURE: Figure = Figure {
    name: "heartbeats",
    about: "10,000 agents that say every 10 seconds that they live: what it costs the store, the server and other work",
    run: |bench| run(bench).boxed_local(),
};

/// How many agents there are.
const AGENTS: usize = 10_000;

const COST: [&str; 6] =
    ["heartbeats/s", "commits/s", "rows/s", "rows per heartbeat", "server's cores", "server writes KB/s"];

const OTHERS: [&str; 6] = ["p50 ms", "p95 ms", "p50 ms without", "p95 ms without", "p50 ratio", "p95 ratio"];

async fn run(bench: &Bench) -> Result<Findings> {
    let mut findings = Findings::default();
    for place in Place::ALL {
        on(bench, place, &mut findings).await.with_context(|| format!("on {place}"))?;
    }
    Ok(findings)
}

async fn on(bench: &Bench, place: Place, findings: &mut Findings) -> Result<()> {
    let (node, yardstick) = (bench.node(place).await?, bench.node(place).await?);
    let pair = Pair { bench, node: &node, probe: Probe::of(&node).await?, without: Probe::of(&yardstick).await? };
    let mut cost = Table::new(format!("{place}: cost"), &COST);
    let mut others = Table::new(format!("{place}: appends of others"), &OTHERS);
    cost.row("nobody", watch(&node, bench.seconds(4, 15), || 0).await?.numbers());
    let agents = Agents::start(&node, AGENTS).await?;
    cost.row("10,000 sessions, silent", watch(&node, bench.seconds(4, 15), || 0).await?.numbers());

    for (name, how) in [("Heartbeat", How::Unary), ("Attach", How::Attached)] {
        let beating = agents.beat(how).await?;
        let (costs, slower) = pair.rounds(&beating).await?;
        beating.stop().await?;
        cost.row(format!("10,000 agents, {name}"), Cost::median(&costs).numbers());
        others.row(format!("10,000 agents, {name}"), slower.numbers());
        findings.goals.extend(goals(place, name, &costs, &slower));
    }

    let fast = as_fast_as_possible(bench, &node, &agents).await?;
    cost.row("as fast as they can", fast.cost().numbers());
    findings.tables.extend([cost, others, fast.table(place)]);
    findings.goals.push(Goal {
        what: format!("{place}: heartbeats in the time of one call that does nothing"),
        reached: fast.ratio(),
        bound: Bound::AtLeast(0.5),
    });
    node.stop().await?;
    yardstick.stop().await
}

/// The server with the agents, and the one without.
struct Pair<'a> {
    bench: &'a Bench,
    node: &'a Node,
    probe: Probe,
    without: Probe,
}

/// How long appends of others take, with the agents and without.
#[derive(Default)]
struct Slower {
    with: Vec<[f64; 2]>,
    without: Vec<[f64; 2]>,
}

impl Pair<'_> {
    /// Measures in turns.
    async fn rounds(&self, beating: &Beating) -> Result<(Vec<Cost>, Slower)> {
        let (mut costs, mut slower) = (Vec::new(), Slower::default());
        let time = self.bench.seconds(4, 10);
        // Every agent has spoken once, and its first sign is written.
        tokio::time::sleep(agents::INTERVAL).await;
        for _ in 0..self.bench.short_or(1, 3) {
            costs.push(watch(self.node, self.bench.seconds(10, 30), || beating.heard()).await?);
            slower.with.push(self.probe.percentiles(time).await?);
            beating.pause();
            slower.without.push(self.without.percentiles(time).await?);
            beating.go_on();
        }
        Ok((costs, slower))
    }
}

impl Slower {
    fn numbers(&self) -> [Option<f64>; 6] {
        let middle = |side: &[[f64; 2]], at: usize| median(&side.iter().map(|pair| pair[at]).collect::<Vec<_>>());
        let [p50, p95] = [0, 1].map(|at| middle(&self.with, at));
        let [without_p50, without_p95] = [0, 1].map(|at| middle(&self.without, at));
        [p50, p95, without_p50, without_p95, self.ratio(0), self.ratio(1)]
    }

    /// The middle of the ratios of the rounds, each of which has seen the same load of the machine.
    fn ratio(&self, at: usize) -> Option<f64> {
        let ratios = self.with.iter().zip(&self.without).map(|(with, without)| with[at] / without[at]);
        median(&ratios.collect::<Vec<_>>())
    }
}

fn goals(place: Place, how: &str, costs: &[Cost], slower: &Slower) -> Vec<Goal> {
    let cost = Cost::median(costs);
    let mut goals = vec![
        Goal {
            what: format!("{place}, {how}: appends of others, p50 beside the one without agents"),
            reached: slower.ratio(0),
            bound: Bound::AtMost(1.5),
        },
        Goal {
            what: format!("{place}, {how}: cores of the server at 1,000 heartbeats/s"),
            reached: cost.cores,
            bound: Bound::AtMost(0.25),
        },
    ];
    if place == Place::Postgres {
        goals.push(Goal {
            what: format!("{place}, {how}: transactions per 100 heartbeats"),
            reached: cost.commits.zip(cost.heartbeats).map(|(commits, heartbeats)| 100.0 * commits / heartbeats),
            bound: Bound::AtMost(5.0),
        });
    }
    goals
}
