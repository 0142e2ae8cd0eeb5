//! Handing a task of a workflow to an agent.

use super::Workflow;
use super::running::running;
use crate::command::{Author, Command, Decision, Script, View};
use crate::handoff::Handoff;
use crate::handoff::request::Request;
use crate::state::StateKey;
use crate::{EventId, JsonText, Refusal, WorkflowId};

/// Hands a task to another agent.
#[derive(Clone, Debug)]
pub struct RequestHandoff {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The handoff, as its event will say: a JSON object.
    pub handoff: JsonText,
}

impl Command for RequestHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        let mut script = Script::new(&self.author, view);
        let handoff_id = match Request::of(view, &self.handoff, script.next_event_id())? {
            Request::New { handoff_id, payload } => {
                let payload = payload.with("workflow_id", self.workflow_id.as_str());
                script.record("bmad.workflow.handoff.requested", cause(workflow), payload)?;
                handoff_id
            }
            Request::Made { handoff_id } => handoff_id,
        };
        Ok(script.showing([StateKey::of::<Workflow>(self.workflow_id.as_str()), StateKey::of::<Handoff>(handoff_id)]))
    }
}

/// What led to it: the phase that ended last, before the first the start.
fn cause(workflow: &Workflow) -> Option<EventId> {
    workflow.phase_event_id.or(workflow.started_event_id)
}
