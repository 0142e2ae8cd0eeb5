//! `cargo xtask gen`: the clients' generated code, which is checked in because the clients' users
//! have neither Rust nor protoc. Each client has its own generator; there is no second one here.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{process, project, tools};

const GENERATORS: [&str; 2] = ["clients/python/generate", "clients/ts/generate"];
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Runs both generators.
pub(crate) fn run() -> Result<ExitCode> {
    tools::require_python()?;
    tools::require_node()?;
    let root = project::root();
    for generator in GENERATORS {
        let mut command = Command::new(root.join(generator));
        process::run(command.current_dir(&root), Instant::now() + LIMIT)?;
    }
    Ok(ExitCode::SUCCESS)
}
