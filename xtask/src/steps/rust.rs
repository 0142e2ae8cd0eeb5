//! The steps about the Rust code.

use anyhow::Result;

use super::Surroundings;
use crate::tools;

pub(super) fn formatting(around: &Surroundings) -> Result<()> {
    tools::require_cargo_command("fmt", "rustfmt")?;
    around.run(tools::cargo().args(["fmt", "--all", "--check"]))
}

pub(super) fn lints(around: &Surroundings) -> Result<()> {
    tools::require_cargo_command("clippy", "clippy")?;
    let mut clippy = tools::cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    around.run(&mut clippy)
}

pub(super) fn tests(around: &Surroundings) -> Result<()> {
    let mut tests = tools::cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]);
    around.run_with_servers(&mut tests)
}
