//! `cargo xtask dev`: from a checkout to a running server in one command.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::{project, report, tools};

/// What `god33 dev` is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Arguments for `god33 dev`; `cargo xtask dev -- --help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Builds god33 and becomes it, so that signals and the exit code are the server's own.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    report::note("building god33 (the first time this takes some minutes)");
    let status = tools::cargo()
        .args(["build", "--package", "god33"])
        .current_dir(project::root())
        .status()
        .context("could not run cargo")?;
    if !status.success() {
        bail!("god33 could not be built");
    }
    let error = Command::new(tools::god33()?).arg("dev").args(&arguments.arguments).exec();
    Err(error).context("could not run god33")
}
