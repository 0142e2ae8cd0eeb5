//! `cargo xtask bench`: figures and their yardsticks, on real servers, with nothing left behind.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::services::{Running, Urls};
use crate::{process, project, report, tools};

/// What is measured, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The figures to measure; all of them without a name
    names: Vec<String>,
    /// Say which figures there are, and measure nothing
    #[arg(long)]
    list: bool,
    /// Write all results to this file instead of target/bench/<name>.json for each figure
    #[arg(long, value_name = "PATH")]
    json: Option<PathBuf>,
    /// Measure for a shorter time and less often: to see that it works
    #[arg(long, conflicts_with = "large")]
    short: bool,
    /// Measure what takes very long as well
    #[arg(long)]
    large: bool,
    /// Stop whatever still runs after this many minutes and fail
    #[arg(long, value_name = "MINUTES", default_value_t = 240)]
    limit: u64,
}

/// Builds, starts servers, measures and cleans up.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let deadline = Instant::now() + Duration::from_secs(60 * arguments.limit);
    let target = tools::target()?;
    // One after the other: built together, the server could get features of libraries that only the drivers ask for.
    let needed: &[&str] = if arguments.list { &["god33-bench"] } else { &["god33-bench", "god33"] };
    for package in needed {
        build(package, deadline)?;
    }
    // A name that there is none of is told before anything is started.
    let mut list = drivers(&target, arguments);
    list.arg("--list");
    if arguments.list {
        process::run(&mut list, deadline)?;
        return Ok(ExitCode::SUCCESS);
    }
    process::output(&mut list)?;
    let (servers, urls) = Running::start()?;
    let measured = measure(&target, arguments, &urls, deadline);
    servers.stop()?;
    measured.map(|()| ExitCode::SUCCESS)
}

fn build(package: &str, deadline: Instant) -> Result<()> {
    report::note(format!("building {package} as it is released (the first time this takes many minutes)"));
    let mut build = tools::cargo();
    build.args(["build", "--release", "--package", package]).current_dir(project::root());
    process::run(&mut build, deadline)
}

fn measure(target: &Path, arguments: &Arguments, urls: &Urls, deadline: Instant) -> Result<()> {
    let mut drivers = drivers(target, arguments);
    drivers.arg("--program").arg(target.join("release/god33"));
    drivers.arg("--results").arg(target.join("bench"));
    drivers.args(arguments.short.then_some("--short")).args(arguments.large.then_some("--large"));
    if let Some(path) = &arguments.json {
        drivers.arg("--json").arg(path);
    }
    process::run(drivers.envs(urls.environment()), deadline)
}

fn drivers(target: &Path, arguments: &Arguments) -> Command {
    let mut drivers = Command::new(target.join("release/god33-bench"));
    drivers.args(&arguments.names);
    drivers
}
