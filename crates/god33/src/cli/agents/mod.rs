//! `god33 agents`: the registry of agents.

use clap::Subcommand;

use super::{Failure, Target};

/// The registry of agents.
#[derive(Subcommand, Debug)]
pub enum AgentsCommand {}

impl AgentsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
