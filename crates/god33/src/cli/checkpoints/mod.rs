//! `god33 checkpoints`: where agents stood, and their snapshots.

mod digest;
mod download;
mod get;
mod list;
mod pin;
mod pin_change;
mod prune;
mod save;
pub(in crate::cli) mod show;
mod unpin;
mod upload;

use clap::Subcommand;

use super::{Failure, Target};

/// Save where agents stand, and bring it back.
#[derive(Subcommand, Debug)]
pub enum CheckpointsCommand {
    /// Save where an agent stands, and perhaps a snapshot of its state.
    Save(Box<save::Save>),
    /// List the checkpoints of a session, the newest first.
    List(list::List),
    /// Show one checkpoint.
    Get(get::Get),
    /// Bring the snapshot of a checkpoint back.
    Download(download::Download),
    /// Keep a checkpoint from retention.
    Pin(pin::Pin),
    /// Release a checkpoint that was kept from retention.
    Unpin(unpin::Unpin),
    /// Delete checkpoints that are not among the newest, not pinned and not needed by open work.
    Prune(prune::Prune),
}

impl CheckpointsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Save(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::Download(command) => command.run(target).await,
            Self::Pin(command) => command.run(target).await,
            Self::Unpin(command) => command.run(target).await,
            Self::Prune(command) => command.run(target).await,
        }
    }
}
