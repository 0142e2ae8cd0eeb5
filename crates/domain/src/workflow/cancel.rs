//! Calling a workflow off.

use super::Workflow;
use super::end::{End, cause_of_giving_up};
use super::running::running;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{Refusal, WorkflowId};

/// Ends a workflow that is not wanted any more. What is open in it is cancelled.
#[derive(Clone, Debug)]
pub struct CancelWorkflow {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// Who cancels it; `None` for the principal.
    pub cancelled_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Command for CancelWorkflow {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        let by = self.cancelled_by.as_ref().unwrap_or(&self.author.principal);
        let payload = Payload::new()
            .with("workflow_id", self.workflow_id.as_str())
            .with("cancelled_by", by)
            .with_some("reason", self.reason.as_ref());
        let mut script = Script::new(&self.author, view);
        let event_id = script.record("bmad.workflow.cancelled", cause_of_giving_up(workflow, &self.author), payload)?;
        End { event_id, by, reason: &self.why() }.cancel_open(workflow, view, &mut script)?;
        Ok(script.about::<Workflow>(self.workflow_id.as_str()))
    }
}

impl CancelWorkflow {
    fn why(&self) -> String {
        let lead = "the workflow was cancelled";
        self.reason.as_ref().map_or_else(|| lead.to_owned(), |reason| format!("{lead}: {reason}"))
    }
}
