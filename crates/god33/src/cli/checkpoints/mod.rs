//! `god33 checkpoints`: where agents stood.

use clap::Subcommand;

use super::{Failure, Target};

/// Where agents stood.
#[derive(Subcommand, Debug)]
pub enum CheckpointsCommand {}

impl CheckpointsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
