//! Starting a workflow.

use super::Workflow;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::Kind;
use crate::{JsonText, Refusal, WorkflowId};

/// Asks for a new workflow.
#[derive(Clone, Debug)]
pub struct StartWorkflow {
    /// Who asks: the owner of the workflow.
    pub author: Author,
    /// Its id.
    pub workflow_id: WorkflowId,
    /// The project's name.
    pub project_name: String,
    /// The phase that it starts in; `None` for the first.
    pub phase: Option<String>,
    /// The agent that starts it, `bmad-analyst` for example.
    pub agent: Option<String>,
    /// What it is for, in a sentence.
    pub description: Option<String>,
    /// Whatever else is worth keeping, as a JSON object.
    pub metadata: JsonText,
}

impl Command for StartWorkflow {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let id = self.workflow_id.as_str();
        if view.workflow(&self.workflow_id).is_some_and(|workflow| workflow.started) {
            return Err(Refusal::Exists { kind: <Workflow as Kind>::KIND, id: id.to_owned() });
        }
        let mut script = Script::new(&self.author, view);
        script.record("bmad.workflow.started", [], self.payload())?;
        Ok(script.about::<Workflow>(id))
    }
}

impl StartWorkflow {
    fn payload(&self) -> Payload {
        Payload::new()
            .with("workflow_id", self.workflow_id.as_str())
            .with("project_name", &self.project_name)
            .with("owner", &self.author.principal)
            .with_some("phase", self.phase.as_ref())
            .with_some("from_agent", self.agent.as_ref())
            .with_some("description", self.description.as_ref())
            .with("metadata", &self.metadata)
    }
}
