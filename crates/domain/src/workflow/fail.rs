//! Ending a workflow without success.

use super::end::{End, cause_of_giving_up};
use super::running::running;
use super::{PHASES, Workflow};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{Refusal, WorkflowId};

/// Ends a workflow without success. What is open in it is cancelled.
#[derive(Clone, Debug)]
pub struct FailWorkflow {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The agent that gives up.
    pub agent: Option<String>,
    /// Why.
    pub failure_reason: String,
}

impl Command for FailWorkflow {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        let mut script = Script::new(&self.author, view);
        let cause = cause_of_giving_up(workflow, &self.author);
        let event_id = script.record("bmad.workflow.failed", cause, self.payload(workflow))?;
        let by = self.agent.as_ref().unwrap_or(&self.author.principal);
        let reason = format!("the workflow failed: {}", self.failure_reason);
        End { event_id, by, reason: &reason }.cancel_open(workflow, view, &mut script)?;
        Ok(script.about::<Workflow>(self.workflow_id.as_str()))
    }
}

impl FailWorkflow {
    fn payload(&self, workflow: &Workflow) -> Payload {
        // The contract has words for BMAD's phases alone.
        let phase = workflow.current_phase.as_deref().filter(|phase| PHASES.contains(phase));
        Payload::new()
            .with("workflow_id", self.workflow_id.as_str())
            .with_some("from_agent", self.agent.as_ref())
            .with("failure_reason", &self.failure_reason)
            .with_some("phase", phase)
    }
}
