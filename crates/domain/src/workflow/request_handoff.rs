//! Handing a task of a workflow to an agent.

use super::Workflow;
use super::running::running;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::refusal::in_future;
use crate::state::{Kind, StateKey};
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
        let asked = Payload::of(&self.handoff);
        in_future("handoff.deadline", asked.read("deadline"), view.now)?;
        let mut script = Script::new(&self.author, view);
        let handoff_id = asked.text("handoff_id").unwrap_or_else(|| script.next_event_id().to_string());
        if view.get::<Handoff>(&handoff_id).is_some_and(|handoff| handoff.requested_event_id.is_some()) {
            return Err(Refusal::Exists { kind: <Handoff as Kind>::KIND, id: handoff_id });
        }
        let payload = asked.with("workflow_id", self.workflow_id.as_str()).or("handoff_id", Some(&handoff_id));
        script.record("bmad.workflow.handoff.requested", cause(workflow), payload)?;
        Ok(script.showing([StateKey::of::<Workflow>(self.workflow_id.as_str()), StateKey::of::<Handoff>(handoff_id)]))
    }
}

/// What led to it: the phase that ended last, before the first the start.
fn cause(workflow: &Workflow) -> Option<EventId> {
    workflow.phase_event_id.or(workflow.started_event_id)
}
