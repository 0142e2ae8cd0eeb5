//! What all changes of a workflow have in their requests and answers.

use god33_domain::{Workflow, WorkflowId};
use god33_proto::v1;
use god33_proto::v1::ErrorReason;

use crate::ask::Done;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, workflow};

/// Reads the id of the workflow that is to change.
pub(super) fn workflow_id(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<WorkflowId> {
    let id = id::uuid(text, at, found)?;
    WorkflowId::parse(&id.to_string()).ok()
}

/// The workflow that a message names whose draft was checked; `None` where that found something wrong.
pub(super) fn named(text: &str) -> Option<WorkflowId> {
    let id = uuid::Uuid::try_parse(text).ok()?;
    WorkflowId::parse(&id.to_string()).ok()
}

/// Reads the phase that is to end.
pub(super) fn phase(number: i32, found: &mut Violations) -> Option<String> {
    let at = Path::Request.member("phase");
    let before = found.len();
    let phase = workflow::parse_phase(number, &at, found);
    if phase.is_none() && found.len() == before {
        found.add(&at, ErrorReason::InvalidField, "is required: name the phase that the workflow is in");
    }
    phase
}

/// Reads the name of an agent or a person.
pub(super) fn name(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<String> {
    plain_text::optional(text, 255, ErrorReason::InvalidField, at, found)
}

/// The workflow after the change.
pub(super) fn shown(done: &Done) -> Result<Option<v1::Workflow>, Failure> {
    Ok(Some(workflow::to_proto(done.noun::<Workflow>()?)))
}
