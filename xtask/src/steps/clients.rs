//! The steps about the client libraries. What to install and to run in which language is the
//! clients' own business: each has a script `run-tests`. It finds the built server in `GOD33_BIN` and
//! the servers in `GOD33_TEST_DATABASE_URL` and `GOD33_TEST_AMQP_URL`.

use std::process::Command;

use anyhow::{Result, bail};

use super::Surroundings;
use crate::{project, tools};

pub(super) fn python(around: &Surroundings) -> Result<()> {
    tools::require_python()?;
    run_tests(around, "clients/python/run-tests")
}

pub(super) fn typescript(around: &Surroundings) -> Result<()> {
    tools::require_node()?;
    run_tests(around, "clients/ts/run-tests")
}

fn run_tests(around: &Surroundings, script: &str) -> Result<()> {
    let path = project::root().join(script);
    if !path.is_file() {
        bail!("{script} is missing");
    }
    around.run(tools::cargo().args(["build", "--package", "god33"]))?;
    // After the clean-up of the environment, so that the caller's own GOD33_BIN does not win.
    let mut env = Command::new("env");
    env.arg(format!("GOD33_BIN={}", tools::god33()?.display())).arg(path);
    around.run_with_servers(&mut env)
}
