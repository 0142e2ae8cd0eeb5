//! `god33 log`: whether the log is whole, and what is derived from it.

mod rebuild;
mod reconcile;
mod verify;

use clap::Subcommand;

use super::{Failure, Target};

/// Check the log, and what is derived from it.
#[derive(Subcommand, Debug)]
pub enum LogCommand {
    /// Prove that the log is whole.
    Verify(verify::Verify),
    /// Build the states anew from the log.
    Rebuild(rebuild::Rebuild),
    /// Prove that the broker confirmed each event.
    Reconcile(reconcile::Reconcile),
}

impl LogCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Verify(command) => command.run(target).await,
            Self::Rebuild(command) => command.run(target).await,
            Self::Reconcile(command) => command.run(target).await,
        }
    }
}
