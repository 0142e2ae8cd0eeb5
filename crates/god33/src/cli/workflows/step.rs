//! What the commands share that move a workflow.

use clap::Args;
use god33_proto::v1::Workflow;

use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, WorkflowArg};
use crate::cli::{Failure, Target, print};

/// Which workflow is to be moved, and how.
#[derive(Args, Debug)]
pub(super) struct StepArgs {
    #[command(flatten)]
    pub(super) workflow: WorkflowArg,

    /// Only when the workflow has this version still.
    #[arg(long, value_name = "N")]
    pub(super) expected_version: Option<u64>,

    #[command(flatten)]
    pub(super) call: CallArgs,
}

/// The workflow as an answer of the server.
pub(super) fn answer(workflow: &Workflow, event_ids: &[String], position: u64) -> Answer {
    Answer::default().with("workflow", &print::message_json(workflow)).recorded(event_ids, position)
}

/// Tells what was done to a workflow, and where to read on.
pub(super) fn tell(
    target: &Target,
    call: &CallArgs,
    word: &str,
    workflow: &Workflow,
    answer: &Answer,
) -> Result<(), Failure> {
    let id = print::shell_word(&workflow.workflow_id);
    let done = Done {
        word,
        id: &workflow.workflow_id,
        more: format!("version {}", workflow.version),
        next: format!("its history: god33 workflows timeline {id}"),
        ..Done::default()
    };
    done.tell(target, call, answer)
}
