//! Ending a workflow with success.

use super::Workflow;
use super::end::{End, open_handoffs};
use super::running::running;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal, WorkflowId};

/// Ends a workflow with success.
#[derive(Clone, Debug)]
pub struct CompleteWorkflow {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The agent that completes it.
    pub agent: Option<String>,
    /// What came out of it: a JSON array.
    pub artifacts: Option<JsonText>,
    /// What came out of it, in a sentence.
    pub summary: Option<String>,
    /// Work and questions that are still open are cancelled; else open work stands against it.
    pub force: bool,
}

impl Command for CompleteWorkflow {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        let workflow_id = self.workflow_id.to_string();
        let handoff_ids = open_handoffs(workflow, view);
        if !self.force && !handoff_ids.is_empty() {
            return Err(Refusal::OpenHandoffs { workflow_id, handoff_ids });
        }
        let mut script = Script::new(&self.author, view);
        let event_id = script.record("bmad.workflow.completed", workflow.moved_event_id, self.payload())?;
        if self.force {
            let by = self.agent.as_ref().unwrap_or(&self.author.principal);
            End { event_id, by, reason: "the workflow was completed" }.cancel_open(workflow, view, &mut script)?;
        }
        Ok(script.about::<Workflow>(&workflow_id))
    }
}

impl CompleteWorkflow {
    fn payload(&self) -> Payload {
        Payload::new()
            .with("workflow_id", self.workflow_id.as_str())
            .with_some("from_agent", self.agent.as_ref())
            .with_some("artifacts", self.artifacts.as_ref())
            .with_some("summary", self.summary.as_ref())
    }
}
