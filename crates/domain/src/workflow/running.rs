//! What every change of a workflow needs: that it is there, as the caller read it, and not over.

use super::{Workflow, WorkflowStatus};
use crate::command::View;
use crate::state::Kind;
use crate::{Refusal, WorkflowId};

/// The workflow, if it can still be moved.
///
/// The version goes first: whoever read another one decided on a picture that is not true any more, whatever else is wrong.
pub(super) fn running<'a>(
    view: &View<'a>,
    id: &WorkflowId,
    expected_version: Option<u64>,
) -> Result<&'a Workflow, Refusal> {
    let workflow: &Workflow = view.find(id.as_str())?;
    let (kind, id, actual) = (<Workflow as Kind>::KIND, id.to_string(), workflow.version);
    if let Some(expected) = expected_version.filter(|expected| *expected != actual) {
        return Err(Refusal::VersionConflict { kind, id, expected, actual });
    }
    if workflow.status == WorkflowStatus::Running {
        return Ok(workflow);
    }
    let state = workflow.status.as_str();
    Err(Refusal::WrongState { kind, id, state, allowed: &["active"], cure: "it is over, start a new workflow" })
}
