//! `god33 events`: publish, read and follow events.

mod ancestors;
mod common;
mod descendants;
mod get;
mod list;
mod paths;
mod publish;
mod summary;
mod tail;
mod walk;

use clap::Subcommand;

use super::{Failure, Target};

/// Publish, read and follow events.
#[derive(Subcommand, Debug)]
pub enum EventsCommand {
    /// Record an event, and with it publish it to the bus.
    Publish(publish::Publish),
    /// Show one event.
    Get(get::Get),
    /// List events, the newest first.
    List(list::List),
    /// Follow events as they happen.
    Tail(tail::Tail),
    /// Show what led to an event.
    Ancestors(ancestors::Ancestors),
    /// Show what came of an event.
    Descendants(descendants::Descendants),
    /// Show the ways from a cause to a consequence.
    Paths(paths::Paths),
    /// Show the nearest common causes of events.
    Common(common::Common),
    /// Sum up what came of an event.
    Summary(summary::Summary),
}

impl EventsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Publish(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Tail(command) => command.run(target).await,
            Self::Ancestors(command) => command.run(target).await,
            Self::Descendants(command) => command.run(target).await,
            Self::Paths(command) => command.run(target).await,
            Self::Common(command) => command.run(target).await,
            Self::Summary(command) => command.run(target).await,
        }
    }
}
