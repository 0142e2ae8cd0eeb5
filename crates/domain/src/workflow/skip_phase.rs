//! Leaving a phase out.

use super::running::running;
use super::{Workflow, phase};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{Refusal, WorkflowId};

/// Leaves the current phase out on purpose; the next one begins.
#[derive(Clone, Debug)]
pub struct SkipPhase {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The phase that is left out.
    pub phase: String,
    /// The agent that decided it.
    pub agent: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Command for SkipPhase {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        phase::in_order(workflow, &self.phase)?;
        let mut script = Script::new(&self.author, view);
        script.record("bmad.workflow.phase.skipped", phase::causes(workflow, &self.phase), self.payload())?;
        Ok(script.about::<Workflow>(self.workflow_id.as_str()))
    }
}

impl SkipPhase {
    fn payload(&self) -> Payload {
        Payload::new()
            .with("workflow_id", self.workflow_id.as_str())
            .with("phase", &self.phase)
            .with_some("from_agent", self.agent.as_ref())
            .with_some("reason", self.reason.as_ref())
    }
}
