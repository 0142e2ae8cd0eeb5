//! Starts servers.

use std::process::ExitCode;

use anyhow::{Context, Result};

use super::env;
use crate::report;
use crate::services::instance::{Instance, Urls, remove_empty_parents};
use crate::services::lock;
use crate::services::state::State;

pub(super) fn up() -> Result<ExitCode> {
    let _alone = lock::wait()?;
    let dev = Instance::dev();
    let urls = match dev.running()? {
        Some(urls) => urls,
        None => {
            // What a killed server left behind cannot be used again: its half is missing.
            let before = dev.state()?.unwrap_or_default();
            dev.down()?;
            dev.up(None, &before).inspect_err(|_| remove_empty_parents())?
        }
    };
    env::print(&urls);
    Ok(ExitCode::SUCCESS)
}

/// Starts the servers of this test run, and removes what killed test runs left behind.
pub(crate) fn up_for_test_run() -> Result<(Instance, Urls)> {
    let _alone = lock::wait()?;
    for instance in Instance::all() {
        if instance.is_of_a_dead_test_run()? {
            report::note(format!("removing {}, left behind by a killed test run", instance.name()));
            instance.down()?;
        }
    }
    let own_id = i32::try_from(std::process::id()).context("the process id is out of range")?;
    let instance = Instance::of_this_test_run();
    let urls = instance.up(Some(own_id), &State::default()).inspect_err(|_| remove_empty_parents())?;
    Ok((instance, urls))
}
