//! Giving a task to one agent.

use super::Agent;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::session::Session;
use crate::state::{Kind, StateKey};
use crate::{EventId, JsonText, Refusal};

/// Gives a task to one agent. It is a handoff of the same id, which the agent's session holds at once when it runs.
#[derive(Clone, Debug)]
pub struct AssignTask {
    /// Who asks.
    pub author: Author,
    /// The agent.
    pub agent_id: String,
    /// Id of the task.
    pub task_id: String,
    /// Kind of task.
    pub task_type: Option<String>,
    /// What is to be done.
    pub description: String,
    /// What the agent needs to know: a JSON object.
    pub task_context: Option<JsonText>,
    /// Event that is the cause.
    pub correlation_id: Option<EventId>,
    /// The workflow; `None` for the one of the cause, or of the agent's session.
    pub workflow_id: Option<String>,
}

impl Command for AssignTask {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let agent = view.find::<Agent>(&self.agent_id)?;
        agent.must_be(&["starting", "idle", "busy"], "it takes no work, give the task to another agent")?;
        if let Some(cause) = self.correlation_id.filter(|cause| !view.is_recorded(*cause)) {
            return Err(Refusal::EventNotFound(cause));
        }
        if view.get::<Handoff>(&self.task_id).is_some() {
            return Err(Refusal::Exists { kind: <Handoff as Kind>::KIND, id: self.task_id.clone() });
        }
        let mut script = Script::new(&self.author, view);
        script.record("agent.registry.task.assigned", self.correlation_id, self.payload(view, agent))?;
        Ok(script.showing([StateKey::of::<Handoff>(&self.task_id), StateKey::of::<Agent>(&self.agent_id)]))
    }
}

impl AssignTask {
    fn payload(&self, view: &View<'_>, agent: &Agent) -> Payload {
        let workflow = self.workflow_id.clone().or_else(|| self.workflow_of_agent(view, agent));
        Payload::new()
            .with("task_id", &self.task_id)
            .with("agent_id", &self.agent_id)
            .with_some("task_type", self.task_type.as_ref())
            .with("description", &self.description)
            .with_some("context", self.task_context.as_ref())
            .with_some("workflow_id", workflow)
    }

    /// The workflow of its session, where no cause has one.
    fn workflow_of_agent(&self, view: &View<'_>, agent: &Agent) -> Option<String> {
        let causes = self.correlation_id.iter().chain(&self.author.correlation_ids);
        if causes.into_iter().any(|cause| view.workflow_of(*cause).is_some()) {
            return None;
        }
        view.get::<Session>(agent.session_id.as_deref()?)?.workflow_id.clone()
    }
}
