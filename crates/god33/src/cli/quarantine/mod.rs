//! `god33 quarantine`: messages of the bus that could not become events.

mod discard;
mod list;
mod redrive;
mod select;
mod show;

use clap::Subcommand;

use super::{Failure, Target};

/// Look at messages that could not become events, and deal with them.
#[derive(Subcommand, Debug)]
pub enum QuarantineCommand {
    /// List messages, the newest first.
    List(list::List),
    /// Show one message with its body.
    Show(show::Show),
    /// Try to make events of messages again.
    Redrive(redrive::Redrive),
    /// Give messages up.
    Discard(discard::Discard),
}

impl QuarantineCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.run(target).await,
            Self::Show(command) => command.run(target).await,
            Self::Redrive(command) => command.run(target).await,
            Self::Discard(command) => command.run(target).await,
        }
    }
}
