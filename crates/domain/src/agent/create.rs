//! Creating an agent.

use super::{Agent, AgentType};
use crate::checkpoint::{Checkpoint, key};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::session::{Session, framework_of_type};
use crate::state::{Kind, StateKey};
use crate::{JsonText, Refusal, SessionId, Workflow};

/// Name of the checkpoint that an agent starts with.
pub const INITIAL_CHECKPOINT: &str = "initial-checkpoint";

/// Asks for a new agent.
#[derive(Clone, Debug)]
pub struct CreateAgent {
    /// Who asks.
    pub author: Author,
    /// Its id.
    pub agent_id: String,
    /// Its type.
    pub agent_type: String,
    /// The running instance; `None` for the type with a number.
    pub instance_id: Option<String>,
    /// Id of its session; `None` when its runtime starts one.
    pub session_id: Option<SessionId>,
    /// Name for people.
    pub name: Option<String>,
    /// System prompt under which it runs.
    pub system_prompt: Option<String>,
    /// MCP servers that it has.
    pub mcp_servers: Vec<String>,
    /// What it starts with: a JSON object; its member `workflow_id` ties it to that workflow.
    pub initial_context: Option<JsonText>,
}

impl Command for CreateAgent {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let agent_type = self.check(view)?;
        let workflow_id = self.workflow(view)?;
        let instance = self.instance(agent_type);
        let mut script = Script::new(&self.author, view);
        let created = script.record("agent.registry.agent.created", [], self.created(&instance))?;
        let mut shown = vec![StateKey::of::<Agent>(&self.agent_id)];
        if let Some(session_id) = &self.session_id {
            let session_id = session_id.as_str();
            let framework = framework_of_type(view, &self.agent_type);
            script.speaking_as(&self.agent_type, Some(&instance), None);
            let started = self.started(session_id, &instance).with_some("workflow_id", workflow_id);
            let started = script.record(&format!("agent.{framework}.session.started"), [created], started)?;
            let saved = Payload::new()
                .with("session_id", session_id)
                .with("checkpoint_id", INITIAL_CHECKPOINT)
                .with("agent_instance_id", &instance)
                .with("checkpoint_type", "initial");
            script.record(&format!("agent.{framework}.checkpoint.saved"), [started], saved)?;
            shown.push(StateKey::of::<Session>(session_id));
            shown.push(StateKey::of::<Checkpoint>(key(session_id, INITIAL_CHECKPOINT)));
        }
        Ok(script.showing(shown))
    }
}

impl CreateAgent {
    fn check<'v>(&self, view: &View<'v>) -> Result<&'v AgentType, Refusal> {
        let exists = |kind, id: &str| Refusal::Exists { kind, id: id.to_owned() };
        if view.get::<Agent>(&self.agent_id).is_some() {
            return Err(exists(<Agent as Kind>::KIND, &self.agent_id));
        }
        let known = view.find::<AgentType>(&self.agent_type)?;
        if !known.registered {
            return Err(Refusal::NotFound { kind: <AgentType as Kind>::KIND, id: self.agent_type.clone() });
        }
        if let Some(taken) = self.instance_id.as_ref().filter(|instance| known.instance_ids.contains(*instance)) {
            return Err(exists(<Agent as Kind>::KIND, taken));
        }
        if known.max_instances > 0 && known.instances >= known.max_instances {
            return Err(Refusal::PoolExhausted { agent_type: self.agent_type.clone(), limit: known.max_instances });
        }
        match &self.session_id {
            Some(id) if view.get::<Session>(id.as_str()).is_some() => Err(exists(<Session as Kind>::KIND, id.as_str())),
            _ => Ok(known),
        }
    }

    /// The workflow that the agent is to be tied to.
    fn workflow(&self, view: &View<'_>) -> Result<Option<String>, Refusal> {
        let context = self.initial_context.as_ref().map(Payload::of).unwrap_or_default();
        let Some(id) = context.text("workflow_id") else { return Ok(None) };
        view.find::<Workflow>(&id)?;
        Ok(Some(id))
    }

    fn instance(&self, known: &AgentType) -> String {
        let number = known.created.saturating_add(1);
        self.instance_id.clone().unwrap_or_else(|| format!("{}-{number:03}", self.agent_type))
    }

    fn created(&self, instance: &str) -> Payload {
        let session = self.session_id.as_ref();
        Payload::new()
            .with("agent_id", &self.agent_id)
            .with("agent_type", &self.agent_type)
            .with("instance_id", instance)
            // By this name the events of its session go, and this one is the first of them.
            .with("agent_instance_id", instance)
            .with_some("name", self.name.as_ref())
            .with_some("system_prompt", self.system_prompt.as_ref())
            .with("mcp_servers", &self.mcp_servers)
            .with_some("initial_context", self.initial_context.as_ref())
            .with_some("checkpoint_id", session.map(|_| INITIAL_CHECKPOINT))
            .with_some("session_id", session)
    }

    fn started(&self, session_id: &str, instance: &str) -> Payload {
        Payload::new()
            .with("session_id", session_id)
            .with("agent_type", &self.agent_type)
            .with("agent_instance_id", instance)
            .with("registered_agent_id", &self.agent_id)
    }
}
