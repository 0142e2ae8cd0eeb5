//! Starting a session.

use super::framework::is_framework;
use super::{HEARTBEAT_SECONDS, Session, framework_of_type, require};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::Kind;
use crate::{JsonText, Refusal, SessionId, Workflow};

/// What the name of a framework must be.
const FRAMEWORK: &str = "must be a word of lower-case letters, digits, '-' and '_' such as letta, and none of handoff, feedback, \
                         collaboration and registry, which have events of their own";

/// Asks for a new session.
#[derive(Clone, Debug)]
pub struct StartSession {
    /// Who asks.
    pub author: Author,
    /// Its id.
    pub session_id: SessionId,
    /// The session as its event will say: a JSON object with at least `agent_type`.
    pub session: JsonText,
    /// Framework of the agent; `None` for the one of its type.
    pub framework: Option<String>,
    /// How long it may be silent, in seconds; `None` for the usual.
    pub heartbeat_timeout: Option<f64>,
    /// Agent in the registry.
    pub agent_id: Option<String>,
}

impl Command for StartSession {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let id = self.session_id.as_str();
        require::free(view, id)?;
        require::silence(self.heartbeat_timeout)?;
        let said = Payload::of(&self.session);
        if let Some(workflow_id) = said.text("workflow_id")
            && view.get::<Workflow>(&workflow_id).is_none()
        {
            return Err(Refusal::NotFound { kind: <Workflow as Kind>::KIND, id: workflow_id });
        }
        let agent_type = said.text("agent_type").unwrap_or_default();
        let framework = self.framework(view, &agent_type)?;
        let mut script = Script::new(&self.author, view);
        let (instance, checkpoint) = (said.text("agent_instance_id"), said.text("checkpoint_id"));
        script.speaking_as(&agent_type, instance.as_deref(), checkpoint.as_deref());
        script.record(&format!("agent.{framework}.session.started"), [], self.payload(said))?;
        Ok(script.about::<Session>(id))
    }
}

impl StartSession {
    fn framework(&self, view: &View<'_>, agent_type: &str) -> Result<String, Refusal> {
        if agent_type.is_empty() {
            return Err(Refusal::InvalidField { field: "session.agent_type", why: "is required".to_owned() });
        }
        match &self.framework {
            None => Ok(framework_of_type(view, agent_type)),
            Some(word) if is_framework(word) => Ok(word.clone()),
            Some(_) => Err(Refusal::InvalidField { field: "framework", why: FRAMEWORK.to_owned() }),
        }
    }

    fn payload(&self, said: Payload) -> Payload {
        said.with("session_id", self.session_id.as_str())
            .with("heartbeat_timeout_seconds", self.heartbeat_timeout.unwrap_or(HEARTBEAT_SECONDS))
            .with_some("registered_agent_id", self.agent_id.as_ref())
    }
}
