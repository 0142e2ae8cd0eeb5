//! `god33 feedback`: agents ask, people answer.

mod answer;
mod ask;
mod cancel;
mod delegate;
mod filter;
mod get;
mod list;
pub(in crate::cli) mod show;
mod step;
mod wait;
mod watch;

use clap::Subcommand;

use super::{Failure, Target};

/// Ask people, and answer agents.
#[derive(Subcommand, Debug)]
pub enum FeedbackCommand {
    /// Ask people.
    Ask(ask::Ask),
    /// Answer a question; the session that waits is resumed.
    Answer(answer::Answer),
    /// Pass a question on to somebody else.
    Delegate(delegate::Delegate),
    /// Withdraw a question.
    Cancel(cancel::Cancel),
    /// Wait for the answer to a question.
    Wait(wait::Wait),
    /// Show one question.
    Get(get::Get),
    /// List questions: the inbox, the most urgent first.
    List(list::List),
    /// Follow the inbox.
    Watch(watch::Watch),
}

impl FeedbackCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Ask(command) => command.run(target).await,
            Self::Answer(command) => command.run(target).await,
            Self::Delegate(command) => command.run(target).await,
            Self::Cancel(command) => command.run(target).await,
            Self::Wait(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Watch(command) => command.run(target).await,
        }
    }
}
