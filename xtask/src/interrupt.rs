//! Ctrl-C and friends: remembered here, looked at by every loop that waits, so that whoever
//! started something also gets to stop it.

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

static RECEIVED: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// From now on these signals no longer end the program; [`check`] reports them.
pub(crate) fn listen() -> Result<()> {
    let received = RECEIVED.get_or_init(Arc::default);
    for (signal, number) in [(SIGHUP, 1), (SIGINT, 2), (SIGTERM, 15)] {
        signal_hook::flag::register_usize(signal, Arc::clone(received), number)
            .with_context(|| format!("could not listen for signal {signal}"))?;
    }
    Ok(())
}

/// The number of the signal that asked this program to end, if one did.
pub(crate) fn received() -> Option<usize> {
    RECEIVED.get().map(|number| number.load(Ordering::Relaxed)).filter(|number| *number != 0)
}

/// An error once a signal has asked this program to end.
pub(crate) fn check() -> Result<()> {
    match received() {
        Some(number) => bail!("interrupted by signal {number}"),
        None => Ok(()),
    }
}

/// What a shell expects of a program that a signal ended: 128 + its number.
pub(crate) fn exit_code() -> Option<ExitCode> {
    let number = u8::try_from(received()?).ok()?;
    Some(ExitCode::from(number.saturating_add(128)))
}
