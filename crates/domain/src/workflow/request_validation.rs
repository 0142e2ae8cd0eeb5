//! Asking for a check of a result.

use super::Workflow;
use super::running::running;
use super::validation::Subject;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal, WorkflowId};

/// Asks for a check of a result.
#[derive(Clone, Debug)]
pub struct RequestValidation {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The check, as its event will say: a JSON object.
    pub validation: JsonText,
}

impl Command for RequestValidation {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        let payload = Payload::of(&self.validation).with("workflow_id", self.workflow_id.as_str());
        let (task_id, target_agent) = (payload.text("task_id"), payload.text("target_agent"));
        let subject = Subject { task_id: task_id.as_deref(), target_agent: target_agent.as_deref() };
        let mut script = Script::new(&self.author, view);
        script.record("bmad.workflow.validation.requested", subject.outcome(workflow, view), payload)?;
        Ok(script.about::<Workflow>(self.workflow_id.as_str()))
    }
}
