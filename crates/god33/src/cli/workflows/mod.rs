//! `god33 workflows`: how work stands, and what moves it.

mod cancel;
mod complete;
mod complete_phase;
mod fail;
mod get;
mod handoff;
mod list;
mod record_validation;
mod request_validation;
mod show;
mod skip_phase;
mod start;
mod step;
mod timeline;
mod watch;

use clap::Subcommand;

use super::{Failure, Target};

/// Start workflows, move them, and see how they stand.
#[derive(Subcommand, Debug)]
pub enum WorkflowsCommand {
    /// Start a workflow.
    Start(start::Start),
    /// Complete the current phase of a workflow; the next one begins.
    CompletePhase(complete_phase::CompletePhase),
    /// Leave the current phase of a workflow out on purpose; the next one begins.
    SkipPhase(skip_phase::SkipPhase),
    /// Hand a task of a workflow to another agent.
    Handoff(handoff::Handoff),
    /// Ask for a check of a result.
    RequestValidation(request_validation::RequestValidation),
    /// Record the outcome of a check.
    RecordValidation(record_validation::RecordValidation),
    /// End a workflow with success.
    Complete(complete::Complete),
    /// End a workflow without success; open work is cancelled.
    Fail(fail::Fail),
    /// End a workflow that is not wanted any more; open work is cancelled.
    Cancel(cancel::Cancel),
    /// Show one workflow.
    Get(get::Get),
    /// List workflows, the last changed first.
    List(list::List),
    /// Show the history of a workflow, line by line.
    Timeline(timeline::Timeline),
    /// Follow a workflow until it has ended.
    Watch(watch::Watch),
}

impl WorkflowsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Start(command) => command.run(target).await,
            Self::CompletePhase(command) => command.run(target).await,
            Self::SkipPhase(command) => command.run(target).await,
            Self::Handoff(command) => command.run(target).await,
            Self::RequestValidation(command) => command.run(target).await,
            Self::RecordValidation(command) => command.run(target).await,
            Self::Complete(command) => command.run(target).await,
            Self::Fail(command) => command.run(target).await,
            Self::Cancel(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Timeline(command) => command.run(target).await,
            Self::Watch(command) => command.run(target).await,
        }
    }
}
