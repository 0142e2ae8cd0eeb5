//! Stops servers and removes what they wrote.

use std::process::ExitCode;

use anyhow::Result;

use crate::report;
use crate::services::instance::{Instance, remove_empty_parents};
use crate::services::lock;

pub(super) fn down() -> Result<ExitCode> {
    let _alone = lock::wait()?;
    for instance in Instance::all() {
        if instance.has_keeper()? {
            report::note(format!("{} belongs to a test run that goes on: left alone", instance.name()));
        } else {
            instance.down()?;
            report::note(format!("{} is stopped and removed", instance.name()));
        }
    }
    // Servers whose folder is gone, with the way to reach them, still have their name.
    Instance::dev().down()?;
    remove_empty_parents();
    Ok(ExitCode::SUCCESS)
}

/// Stops the servers of a test run. Does not wait for anybody, as it also follows an interruption.
pub(crate) fn down_after_test_run(instance: &Instance) -> Result<()> {
    instance.down()?;
    // Whoever has the lock may be making folders there right now.
    if let Some(_alone) = lock::try_now() {
        remove_empty_parents();
    }
    Ok(())
}
