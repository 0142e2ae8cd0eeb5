//! Says how to reach the servers.

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::report;
use crate::services::instance::{Instance, Urls};

pub(super) fn env() -> Result<ExitCode> {
    let urls =
        Instance::dev().running()?.context("no private servers run: start them with `cargo xtask services up`")?;
    print(&urls);
    Ok(ExitCode::SUCCESS)
}

/// Prints the variables for a shell, the tests' own as well, so that a plain `cargo test` finds the servers.
pub(super) fn print(urls: &Urls) {
    for (name, value) in urls.environment() {
        report::line(format!("export {name}='{value}'"));
    }
}
