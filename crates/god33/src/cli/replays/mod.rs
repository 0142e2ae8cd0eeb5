//! `god33 replays`: ranges of the log that are delivered once more.

mod cancel;
mod list;
mod pause;
mod plan;
mod resume;
mod show;
mod spec;
mod start;
mod step;
mod stream;
mod text;

use clap::Subcommand;

use super::{Failure, Target};

/// Deliver a range of the log once more.
#[derive(Subcommand, Debug)]
pub enum ReplaysCommand {
    /// Say what a replay would deliver, and deliver nothing.
    Plan(plan::Plan),
    /// Start a replay: to an exchange, or to whoever streams it.
    Start(start::Start),
    /// List replays, the newest first.
    List(list::List),
    /// Show one replay: how far it is, or why it failed.
    Show(show::Show),
    /// Halt a replay.
    Pause(pause::Pause),
    /// Let a paused replay go on.
    Resume(resume::Resume),
    /// End a replay.
    Cancel(cancel::Cancel),
    /// Receive the events of a replay that goes to a stream.
    Stream(stream::Stream),
}

impl ReplaysCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Plan(command) => command.run(target).await,
            Self::Start(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Show(command) => command.run(target).await,
            Self::Pause(command) => command.run(target).await,
            Self::Resume(command) => command.run(target).await,
            Self::Cancel(command) => command.run(target).await,
            Self::Stream(command) => command.run(target).await,
        }
    }
}
