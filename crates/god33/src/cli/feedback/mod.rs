//! `god33 feedback`: questions to people.

use clap::Subcommand;

use super::{Failure, Target};

/// Questions to people.
#[derive(Subcommand, Debug)]
pub enum FeedbackCommand {}

impl FeedbackCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, _target: &Target) -> Result<(), Failure> {
        match self {}
    }
}
