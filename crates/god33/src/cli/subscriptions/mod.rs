//! `god33 subscriptions`: durable subscriptions, whose consumers share the work on a stream of events.

mod ask;
mod consume;
mod create;
mod delete;
mod list;
mod parked;
mod pause;
mod replay;
mod resume;
mod seek;
mod selection;
mod settings;
mod show;
mod skip;
mod update;

use clap::Subcommand;

use super::{Failure, Target};

/// Share the work on a stream of events among consumers.
#[derive(Subcommand, Debug)]
pub enum SubscriptionsCommand {
    /// Create a durable subscription.
    Create(create::Create),
    /// List durable subscriptions, by name.
    List(list::List),
    /// Show one with its lag and its consumers.
    Show(show::Show),
    /// Change the settings that are named; the others stay.
    Update(update::Update),
    /// Delete one.
    Delete(delete::Delete),
    /// Move the cursor: what follows is delivered anew, and what is out is void.
    Seek(seek::Seek),
    /// Stop deliveries.
    Pause(pause::Pause),
    /// Let deliveries go on.
    Resume(resume::Resume),
    /// Work on deliveries: print each, or run a command for it.
    Consume(consume::Consume),
    /// List the events that were put aside, the oldest first.
    Parked(parked::Parked),
    /// Try parked events again.
    Replay(replay::Replay),
    /// Give parked events up.
    Skip(skip::Skip),
}

impl SubscriptionsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Create(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Show(command) => command.run(target).await,
            Self::Update(command) => command.run(target).await,
            Self::Delete(command) => command.run(target).await,
            Self::Seek(command) => command.run(target).await,
            Self::Pause(command) => command.run(target).await,
            Self::Resume(command) => command.run(target).await,
            Self::Consume(command) => command.run(target).await,
            Self::Parked(command) => command.run(target).await,
            Self::Replay(command) => command.run(target).await,
            Self::Skip(command) => command.run(target).await,
        }
    }
}
