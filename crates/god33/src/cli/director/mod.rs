//! `god33 director`: work over several services.

use clap::Subcommand;

use super::{Failure, Target};

/// Work over several services.
#[derive(Subcommand, Debug)]
pub enum DirectorCommand {}

impl DirectorCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
