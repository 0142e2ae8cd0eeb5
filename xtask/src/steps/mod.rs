//! What `cargo xtask test` does, one step after the other.

mod clients;
mod containers;
mod contract;
mod rust;

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::services::Urls;
use crate::{process, project};

/// One thing that passes or fails.
pub(crate) struct Step {
    /// What `--only` calls it.
    pub(crate) name: &'static str,
    /// What is true when it passes.
    pub(crate) claim: &'static str,
    /// Whether it needs PostgreSQL and RabbitMQ.
    pub(crate) needs_servers: bool,
    /// Does it.
    pub(crate) run: fn(&Surroundings) -> Result<()>,
}

/// What a step finds around it.
pub(crate) struct Surroundings {
    /// When everything must be over.
    pub(crate) deadline: Instant,
    /// The servers, for the steps that need them.
    pub(crate) urls: Option<Urls>,
}

/// All steps, in the order in which they run: what fails fast comes first.
pub(crate) const ALL: [Step; 7] = [
    Step { name: "fmt", claim: "the Rust code is formatted", needs_servers: false, run: rust::formatting },
    Step {
        name: "contract",
        claim: "the contract is clean, formatted and breaks nothing that was released",
        needs_servers: false,
        run: contract::check,
    },
    Step { name: "clippy", claim: "clippy has no warnings", needs_servers: false, run: rust::lints },
    Step {
        name: "containers",
        claim: "compose.yaml and the Dockerfile name what is there",
        needs_servers: false,
        run: containers::check,
    },
    Step { name: "rust", claim: "the Rust tests pass", needs_servers: true, run: rust::tests },
    Step { name: "python", claim: "the Python client works", needs_servers: true, run: clients::python },
    Step { name: "typescript", claim: "the TypeScript client works", needs_servers: true, run: clients::typescript },
];

/// The steps that `cargo xtask check` runs.
pub(crate) const CHECKS: [&str; 3] = ["fmt", "contract", "clippy"];

/// The steps with these names in the order of [`ALL`], and all of them for no names.
pub(crate) fn select<S: AsRef<str>>(names: &[S]) -> Vec<&'static Step> {
    const STEPS: &[Step] = &ALL;
    let chosen = |step: &&Step| names.is_empty() || names.iter().any(|name| name.as_ref() == step.name);
    STEPS.iter().filter(chosen).collect()
}

/// The names that [`select`] knows.
pub(crate) fn names() -> [&'static str; ALL.len()] {
    ALL.map(|step| step.name)
}

impl Surroundings {
    /// Runs a program of a step in the root of the checkout.
    fn run(&self, command: &mut Command) -> Result<()> {
        process::run(command.current_dir(project::root()), self.deadline)
    }

    /// Runs a program of a step in a clean environment with the variables by which tests find the
    /// servers. A missing variable makes such a test fail; it never skips.
    fn run_with_servers(&self, command: &mut Command) -> Result<()> {
        // A setting of the caller's own god33 must not change what is tested.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GOD33_") {
                command.env_remove(name);
            }
        }
        let urls = self.urls.as_ref().context("this step needs the servers")?;
        self.run(command.envs(urls.environment()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::collections::BTreeSet;

    fn chosen(names: &[&str]) -> Vec<&'static str> {
        select(names).iter().map(|step| step.name).collect()
    }

    #[test]
    fn no_names_choose_every_step() {
        assert_eq!(chosen(&[]), names());
    }

    #[test]
    fn names_choose_their_steps_in_the_order_of_the_table() {
        assert_eq!(chosen(&["rust", "fmt"]), ["fmt", "rust"]);
        assert!(chosen(&["no such step"]).is_empty());
    }

    #[test]
    fn names_are_unique() {
        assert_eq!(BTreeSet::from(names()).len(), ALL.len());
    }

    #[test]
    fn the_checks_are_steps_that_need_no_server() {
        let checks = select(&CHECKS);
        assert_eq!(checks.len(), CHECKS.len());
        assert!(checks.iter().all(|step| !step.needs_servers));
    }
}
