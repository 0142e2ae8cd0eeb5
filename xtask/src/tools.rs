//! The programs that a machine must have, and what to say when one is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// cargo itself: the one that runs xtask.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Fails unless cargo has the command `name` of the rustup component `component`.
pub(crate) fn require_cargo_command(name: &str, component: &str) -> Result<()> {
    if process::succeeds(cargo().args([name, "--version"])) {
        return Ok(());
    }
    bail!("`cargo {name}` is missing: `rustup component add {component}` installs it")
}

/// Fails unless Node.js and npm are there.
pub(crate) fn require_node() -> Result<()> {
    require("node", NODE)?;
    require("npm", NODE)
}

/// Fails unless Python is there.
pub(crate) fn require_python() -> Result<()> {
    require("python3", PYTHON)
}

/// Fails unless git is there.
pub(crate) fn require_git() -> Result<()> {
    require("git", "git (Debian: `apt-get install git`)")
}

const NODE: &str = "Node.js 20 or newer with npm (https://nodejs.org; macOS: `brew install node`)";
const PYTHON: &str = "Python 3.10, 3.11 or 3.12 with venv (Debian: `apt-get install python3 python3-venv`; macOS: `brew install python`)";

fn require(program: &str, install: &str) -> Result<()> {
    if process::succeeds(Command::new(program).arg("--version")) {
        return Ok(());
    }
    bail!("`{program}` is missing or does not run: install {install}")
}

/// The god33 program, built. It is made by the same cargo profile as xtask, so it lies beside it.
pub(crate) fn god33() -> Result<PathBuf> {
    let xtask = std::env::current_exe()?;
    Ok(xtask.parent().unwrap_or(Path::new(".")).join("god33"))
}

/// The folder into which cargo builds.
pub(crate) fn target() -> Result<PathBuf> {
    let xtask = std::env::current_exe()?;
    // It lies in the folder of its profile.
    Ok(xtask.ancestors().nth(2).unwrap_or(Path::new("target")).to_owned())
}
