//! Hands over to RabbitMQ's own command.

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::services::instance::Instance;
use crate::services::rabbitmq;

pub(super) fn rabbitmqctl(arguments: &[String]) -> Result<ExitCode> {
    let dev = Instance::dev();
    let state = dev.state()?.unwrap_or_default();
    let epmd_port = state.epmd_port.context("no private RabbitMQ runs: start it with `cargo xtask services up`")?;
    let mut command = rabbitmq::control(&state.home, &dev.tag(), epmd_port)?;
    let status = command.args(arguments).status().context("could not run rabbitmqctl")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
