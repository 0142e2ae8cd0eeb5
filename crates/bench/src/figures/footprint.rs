//! What a server takes before it does anything: time to start, memory, disk. Beside the start stands that of the same program when it
//! only says its version, since a busy machine is slow at both.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures::FutureExt as _;
use tokio::process::Command;

use crate::bench::Bench;
use crate::figure::Figure;
use crate::report::Findings;
use crate::stats::median;
use crate::table::Table;
use crate::world::Place;

pub(crate) const FIGURE: Figure = Figure {
    name: "footprint",
    about: "start-up time and idle memory on an empty log, size of the program",
    run: |bench| run(bench).boxed_local(),
};

/// A server at rest has done what it does after its start.
const REST: Duration = Duration::from_secs(2);

async fn run(bench: &Bench) -> Result<Findings> {
    let mut table = Table::new("footprint", &["start ms", "`god33 version` ms", "idle memory MB", "program MB"]);
    let size = std::fs::metadata(bench.program()).context("could not look at the program")?.len() as f64;
    for place in Place::ALL {
        let (mut starts, mut versions, mut memory) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..bench.short_or(2, 7) {
            versions.push(version(bench).await?.as_secs_f64() * 1e3);
            let node = bench.node(place).await?;
            starts.push(node.started_in.as_secs_f64() * 1e3);
            tokio::time::sleep(REST).await;
            memory.extend(node.memory_bytes());
            node.stop().await?;
        }
        let megabytes = median(&memory).map(|bytes| bytes / 1e6);
        table.row(place.to_string(), [median(&starts), median(&versions), megabytes, Some(size / 1e6)]);
    }
    Ok(Findings { tables: vec![table], goals: Vec::new() })
}

/// How long the program takes to be loaded and to end again.
async fn version(bench: &Bench) -> Result<Duration> {
    let began = Instant::now();
    let mut command = Command::new(bench.program());
    let ended = command.arg("version").stdin(Stdio::null()).stdout(Stdio::null()).status().await;
    ensure!(ended.context("could not run the program")?.success(), "`god33 version` failed");
    Ok(began.elapsed())
}
