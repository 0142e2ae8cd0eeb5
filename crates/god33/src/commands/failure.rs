//! How a failure is told.

use std::io::Write as _;
use std::process::ExitCode;

use crate::cli::Failure;
use crate::config::ConfigError;

/// Writes an error and what it comes from to standard error, each thing once, and gives the exit code for it.
pub(super) fn report(error: &anyhow::Error) -> ExitCode {
    // If standard error is closed there is nobody to tell.
    let _ = anstream::stderr().lock().write_all(text(error).as_bytes());
    ExitCode::from(exit_code(error))
}

fn exit_code(error: &anyhow::Error) -> u8 {
    let by_client = error.downcast_ref::<Failure>().map(Failure::exit_code);
    by_client.unwrap_or(if error.is::<ConfigError>() { 2 } else { 1 })
}

fn text(error: &anyhow::Error) -> String {
    let mut text = format!("god33: {error}\n");
    for cause in error.chain().skip(1).map(ToString::to_string) {
        // Some errors repeat what they come from.
        if !text.contains(&cause) {
            text += &format!("  because: {cause}\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn every_cause_is_told_once() {
        let error =
            anyhow!("connection refused").context("could not connect: connection refused").context("could not start");
        assert_eq!(text(&error), "god33: could not start\n  because: could not connect: connection refused\n");
    }
}
