//! `god33 workflows`: how work stands.

mod get;
mod list;
mod timeline;

use clap::Subcommand;

use super::{Failure, Target};

/// See how workflows stand.
#[derive(Subcommand, Debug)]
pub enum WorkflowsCommand {
    /// Show one workflow.
    Get(get::Get),
    /// List workflows, the last changed first.
    List(list::List),
    /// Show the history of a workflow, line by line.
    Timeline(timeline::Timeline),
}

impl WorkflowsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Timeline(command) => command.run(target).await,
        }
    }
}
