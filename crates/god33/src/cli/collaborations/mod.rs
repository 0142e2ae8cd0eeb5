//! `god33 collaborations`: agents that work together.

use clap::Subcommand;

use super::{Failure, Target};

/// Agents that work together.
#[derive(Subcommand, Debug)]
pub enum CollaborationsCommand {}

impl CollaborationsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
