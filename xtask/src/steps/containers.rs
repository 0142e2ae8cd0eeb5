//! The step about the container files. Most of it is a test (`xtask/tests/containers.rs`), which
//! needs no Docker. Beside it: the commands that the files run exist, and where Docker's compose
//! command is installed, it reads compose.yaml as well.

use std::process::Command;

use anyhow::Result;

use super::Surroundings;
use crate::{process, report, tools};

/// What the Dockerfile and compose.yaml run.
const COMMANDS: [&str; 3] = ["serve", "health", "migrate"];

pub(super) fn check(around: &Surroundings) -> Result<()> {
    around.run(tools::cargo().args(["test", "--package", "xtask", "--test", "containers"]))?;
    around.run(tools::cargo().args(["build", "--package", "god33"]))?;
    for command in COMMANDS {
        process::output(Command::new(tools::god33()?).args([command, "--help"]))?;
    }
    if !process::succeeds(Command::new("docker").args(["compose", "version"])) {
        report::line("no `docker compose` here: only the tests above have read compose.yaml");
        return Ok(());
    }
    let mut compose = Command::new("docker");
    compose
        .args(["compose", "config", "--quiet"])
        .envs([("POSTGRES_PASSWORD", "example"), ("RABBITMQ_PASSWORD", "example")]);
    around.run(&mut compose)
}
