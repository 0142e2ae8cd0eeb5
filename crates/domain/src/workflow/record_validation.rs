//! Recording the outcome of a check.

use super::Workflow;
use super::running::running;
use super::validation::Subject;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{JsonText, Refusal, WorkflowId};

/// Records the outcome of a check.
#[derive(Clone, Debug)]
pub struct RecordValidation {
    /// Who asks.
    pub author: Author,
    /// The workflow.
    pub workflow_id: WorkflowId,
    /// The version that the caller read; `None` for any.
    pub expected_version: Option<u64>,
    /// The outcome, as its event will say: a JSON object.
    pub validation: JsonText,
}

impl Command for RecordValidation {
    fn author(&self) -> &Author {
        &self.author
    }

    /// A check that nobody asked for is recorded all the same: its cause is then the result that it is about.
    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let workflow = running(view, &self.workflow_id, self.expected_version)?;
        let payload = Payload::of(&self.validation).with("workflow_id", self.workflow_id.as_str());
        let (task_id, target_agent) = (payload.text("task_id"), payload.text("target_agent"));
        let subject = Subject { task_id: task_id.as_deref(), target_agent: target_agent.as_deref() };
        let asked = subject.asked(workflow);
        let cause = asked.map(|asked| asked.event_id).or_else(|| subject.outcome(workflow, view));
        let payload = payload
            .or("task_id", asked.and_then(|asked| asked.task_id.as_ref()))
            .or("target_agent", asked.and_then(|asked| asked.target_agent.as_ref()));
        let mut script = Script::new(&self.author, view);
        script.record("bmad.workflow.validation.completed", cause, payload)?;
        Ok(script.about::<Workflow>(self.workflow_id.as_str()))
    }
}
