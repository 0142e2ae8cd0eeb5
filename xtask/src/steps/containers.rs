//! The step about the container files. Most of it is a test (`xtask/tests/containers.rs`), which
//! needs no Docker; where Docker's compose command is installed, it reads compose.yaml as well.

use std::process::Command;

use anyhow::Result;

use super::Surroundings;
use crate::{process, report, tools};

pub(super) fn check(around: &Surroundings) -> Result<()> {
    around.run(tools::cargo().args(["test", "--package", "xtask", "--test", "containers"]))?;
    if !process::succeeds(Command::new("docker").args(["compose", "version"])) {
        report::line("no `docker compose` here: only the tests above have read compose.yaml");
        return Ok(());
    }
    let mut compose = Command::new("docker");
    compose.args(["compose", "--env-file", ".env.example", "config", "--quiet"]);
    around.run(&mut compose)
}
