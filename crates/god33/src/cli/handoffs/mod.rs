//! `god33 handoffs`: work that is offered, taken and done.

use clap::Subcommand;

use super::{Failure, Target};

/// Work that is offered, taken and done.
#[derive(Subcommand, Debug)]
pub enum HandoffsCommand {}

impl HandoffsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
