//! Durable appends of typed events of about 1 KB: what is answered is on the disk, all indexes and states are kept up.

mod clients;
mod seed;

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::FutureExt as _;

use crate::bench::Bench;
use crate::figure::Figure;
use crate::load::{Client, Driven, closed_loop};
use crate::report::{Bound, Findings, Goal};
use crate::stats::median;
use crate::table::Table;
use crate::world::{Node, Place};
use seed::Seed;

pub(crate) const FIGURE: Figure = Figure {
    name: "appends",
    about: "durable appends of 1 KB events by 1 to 256 clients, beside plain INSERTs without a server",
    run: |bench| run(bench).boxed_local(),
};

/// The most connections that the clients share.
const CONNECTIONS: usize = 16;

/// Events of a request that carries many.
const IN_A_REQUEST: usize = 100;

const COLUMNS: [&str; 11] = [
    "events/s",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "yardstick/s",
    "yardstick p50 ms",
    "yardstick p99 ms",
    "ratio",
    "p50 ratio",
    "server us/event",
    "PostgreSQL us/event",
];

/// In which way events are sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    One,
    Many,
    Stream,
}

impl How {
    const ALL: [Self; 3] = [Self::One, Self::Many, Self::Stream];

    const fn name(self) -> &'static str {
        match self {
            Self::One => "one event",
            Self::Many => "100 events",
            Self::Stream => "stream",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::One => "one event a request, beside INSERTs of one row",
            Self::Many => "100 events a request, beside INSERTs of 500 rows",
            Self::Stream => "append stream, beside INSERTs of 500 rows",
        }
    }
}

async fn run(bench: &Bench) -> Result<Findings> {
    let mut findings = Findings::default();
    for place in Place::ALL {
        let pair = Pair { bench, node: bench.node(place).await?, seed: Seed::create(bench, place).await? };
        for how in How::ALL {
            let (table, goals) = pair.measure(place, how).await.with_context(|| format!("on {place}"))?;
            findings.tables.push(table);
            findings.goals.extend(goals);
        }
        pair.node.stop().await?;
    }
    Ok(findings)
}

/// A server and its yardstick.
struct Pair<'a> {
    bench: &'a Bench,
    node: Node,
    seed: Seed,
}

impl Pair<'_> {
    async fn measure(&self, place: Place, how: How) -> Result<(Table, Vec<Goal>)> {
        let mut table = Table::new(format!("{place}: {}", how.title()), &COLUMNS);
        let mut goals = Vec::new();
        let numbers: &[usize] = self.bench.short_or(&[1, 64], &[1, 16, 64, 256]);
        for &clients in numbers {
            let compared = self.compare(how, clients).await?;
            table.row(format!("{clients} clients"), compared.numbers());
            goals.extend(compared.goal(place, how, clients));
        }
        Ok((table, goals))
    }

    /// Measures both in turns.
    async fn compare(&self, how: How, clients: usize) -> Result<Compared> {
        let time = self.bench.short_or(Duration::from_millis(1_500), Duration::from_secs(5));
        let mut compared = Compared::default();
        for _ in 0..self.bench.short_or(1, 3) {
            let yardstick = match how {
                How::One => self.seed.one_by_one(clients).await?,
                How::Many | How::Stream => self.seed.batched().await?,
            };
            compared.yardstick.push(closed_loop(time, yardstick).await?);
            let clients = self.clients(how, clients).await?;
            let before = self.node.cpu_seconds().await?;
            let driven = closed_loop(time, clients).await?;
            let after = self.node.cpu_seconds().await?;
            compared.cpu.push([0, 1].map(|at| Some(1e6 * (after[at]? - before[at]?) / driven.in_all as f64)));
            compared.subject.push(driven);
        }
        Ok(compared)
    }

    async fn clients(&self, how: How, number: usize) -> Result<Vec<Client>> {
        let channels = self.node.connections(number.min(CONNECTIONS)).await?;
        let mut all = Vec::new();
        for at in 0..number {
            let channel = channels[at % channels.len()].clone();
            all.push(match how {
                How::One => clients::unary(channel, 1).await?,
                How::Many => clients::unary(channel, IN_A_REQUEST).await?,
                How::Stream => clients::streaming(channel).await?,
            });
        }
        Ok(all)
    }
}

/// Rounds of a server and its yardstick.
#[derive(Default)]
struct Compared {
    subject: Vec<Driven>,
    yardstick: Vec<Driven>,
    /// Microseconds of a core for an event, in the server and in PostgreSQL.
    cpu: Vec<[Option<f64>; 2]>,
}

impl Compared {
    fn numbers(&self) -> [Option<f64>; 11] {
        let cpu = |at: usize| median(&self.cpu.iter().filter_map(|both| both[at]).collect::<Vec<_>>());
        [
            middle(&self.subject, speed),
            middle(&self.subject, |driven| driven.latencies.within_ms(0.5)),
            middle(&self.subject, |driven| driven.latencies.within_ms(0.95)),
            middle(&self.subject, |driven| driven.latencies.within_ms(0.99)),
            middle(&self.yardstick, speed),
            middle(&self.yardstick, |driven| driven.latencies.within_ms(0.5)),
            middle(&self.yardstick, |driven| driven.latencies.within_ms(0.99)),
            self.ratio(speed),
            self.ratio(|driven| driven.latencies.within_ms(0.5)),
            cpu(0),
            cpu(1),
        ]
    }

    /// The middle of the ratios of the rounds, each of which has seen the same load of the machine.
    fn ratio(&self, number: fn(&Driven) -> Option<f64>) -> Option<f64> {
        let pairs = self.subject.iter().zip(&self.yardstick);
        median(&pairs.filter_map(|(one, other)| Some(number(one)? / number(other)?)).collect::<Vec<_>>())
    }

    fn goal(&self, place: Place, how: How, clients: usize) -> Option<Goal> {
        let (what, reached, bound) = match (how, clients) {
            (How::One, 1) => {
                ("p50 beside the INSERT", self.ratio(|driven| driven.latencies.within_ms(0.5)), Bound::AtMost(1.5))
            }
            (How::One, 64) => ("events beside the INSERTs", self.ratio(speed), Bound::AtLeast(2.5)),
            (How::Many | How::Stream, 16 | 64) => {
                ("events beside the batched INSERTs", self.ratio(speed), Bound::AtLeast(0.8))
            }
            _ => return None,
        };
        Some(Goal { what: format!("{place}, {}, {clients} clients: {what}", how.name()), reached, bound })
    }
}

fn speed(driven: &Driven) -> Option<f64> {
    Some(driven.per_second)
}

fn middle(all: &[Driven], number: fn(&Driven) -> Option<f64>) -> Option<f64> {
    median(&all.iter().filter_map(number).collect::<Vec<_>>())
}
