//! `cargo xtask test`: everything, on real servers, with nothing left behind.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::builder::PossibleValuesParser;

use crate::services::Running;
use crate::steps::{self, Step, Surroundings};
use crate::summary::Summary;
use crate::{interrupt, report};

/// How `cargo xtask test` is told to differ from its usual run.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run this step only; may be given several times
    #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(steps::names()))]
    only: Vec<String>,
    /// Leave PostgreSQL and RabbitMQ running; `cargo xtask services down` removes them
    #[arg(long)]
    keep_services: bool,
    /// Stop whatever still runs after this many minutes and fail
    #[arg(long, value_name = "MINUTES", default_value_t = 80)]
    limit: u64,
}

/// Runs the steps, also after one has failed, so that one run shows everything.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut run = Run {
        summary: Summary::default(),
        surroundings: Surroundings { deadline: Instant::now() + Duration::from_secs(60 * arguments.limit), urls: None },
        servers: Servers::Off,
        keep: arguments.keep_services,
    };
    Ok(run.all(&steps::select(&arguments.only)))
}

/// Runs the steps that need no server.
pub(crate) fn check() -> Result<ExitCode> {
    run(&Arguments { only: steps::CHECKS.map(str::to_owned).to_vec(), keep_services: false, limit: 80 })
}

struct Run {
    summary: Summary,
    surroundings: Surroundings,
    servers: Servers,
    keep: bool,
}

/// The servers of this run.
enum Servers {
    /// Not started: no step has needed them.
    Off,
    /// They do not start: whatever needs them fails.
    Broken,
    /// They run, until this is dropped.
    On(Running),
}

impl Run {
    fn all(&mut self, steps: &[&'static Step]) -> ExitCode {
        for step in steps {
            if step.needs_servers && matches!(self.servers, Servers::Off) {
                self.start_servers();
            }
            if interrupt::received().is_some() {
                break;
            }
            self.part(step.name, step.claim, |run| run.step(step));
        }
        if let Servers::On(running) = std::mem::replace(&mut self.servers, Servers::Off) {
            if self.keep && interrupt::received().is_none() {
                self.part("clean-up", "the servers go on, as was asked", |_| running.keep());
            } else {
                self.part("clean-up", "nothing is left behind", |_| running.stop());
            }
        }
        report::line(format!("\n{}", self.summary.text()));
        match interrupt::exit_code() {
            Some(code) => code,
            None if self.summary.all_passed() => ExitCode::SUCCESS,
            None => ExitCode::FAILURE,
        }
    }

    /// One row of the summary.
    fn part(&mut self, name: &'static str, claim: &str, act: impl FnOnce(&mut Self) -> Result<()>) {
        report::line(report::bold(&format!("\n==== {name}: {claim}")));
        let began = Instant::now();
        let outcome = act(self);
        if let Err(error) = &outcome {
            report::line(format!("{name} failed: {error:#}"));
        }
        self.summary.add(name, began.elapsed(), outcome);
    }

    fn step(&self, step: &Step) -> Result<()> {
        if step.needs_servers && matches!(self.servers, Servers::Broken) {
            bail!("the servers did not start");
        }
        (step.run)(&self.surroundings)
    }

    fn start_servers(&mut self) {
        self.servers = Servers::Broken;
        self.part("services", "a PostgreSQL and a RabbitMQ run", |run| {
            let (running, urls) = Running::start()?;
            run.servers = Servers::On(running);
            run.surroundings.urls = Some(urls);
            Ok(())
        });
    }
}
