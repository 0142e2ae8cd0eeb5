//! `god33 sessions`: runs of agents.

use clap::Subcommand;

use super::{Failure, Target};

/// Runs of agents.
#[derive(Subcommand, Debug)]
pub enum SessionsCommand {}

impl SessionsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
