//! Completing a phase.

use super::running::running;
use super::{Workflow, phase};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal, WorkflowId};

/// Completes the current phase; the next one begins.
#[derive(Clone, Debug)]
pub struct CompletePhase {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The phase that is done.
    pub phase: String,
    /// The agent that completed it.
    pub agent: Option<String>,
    /// What came out of it: a JSON array.
    pub artifacts: Option<JsonText>,
    /// What came out of it, in a sentence.
    pub summary: Option<String>,
}

impl Command for CompletePhase {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        phase::in_order(workflow, &self.phase)?;
        let mut script = Script::new(&self.author, view);
        script.record("bmad.workflow.phase.completed", phase::causes(workflow, &self.phase), self.payload())?;
        Ok(script.about::<Workflow>(self.workflow_id.as_str()))
    }
}

impl CompletePhase {
    fn payload(&self) -> Payload {
        Payload::new()
            .with("workflow_id", self.workflow_id.as_str())
            .with("phase", &self.phase)
            .with_some("from_agent", self.agent.as_ref())
            .with_some("next_phase", phase::phase_after(&self.phase))
            .with_some("artifacts", self.artifacts.as_ref())
            .with_some("summary", self.summary.as_ref())
    }
}
