//! One `up` or `down` in a checkout at a time.

use std::fs::File;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{interrupt, project, report};

/// Waits for its turn, which lasts until the result is dropped.
pub(crate) fn wait() -> Result<File> {
    let folder = folder()?;
    let mut said = false;
    while let Err(std::fs::TryLockError::WouldBlock) = folder.try_lock() {
        interrupt::check()?;
        if !said {
            report::note("waiting for another `cargo xtask` of this checkout");
            said = true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(folder)
}

/// The turn, if nobody else has it now.
pub(crate) fn try_now() -> Option<File> {
    let folder = folder().ok()?;
    folder.try_lock().is_ok().then_some(folder)
}

/// The lock is on a folder that is always there.
fn folder() -> Result<File> {
    File::open(project::root().join("xtask")).context("could not open the lock")
}
