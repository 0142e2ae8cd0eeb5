//! Making a type of agent known.

use super::AgentType;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::session::is_framework;
use crate::{JsonText, Refusal, is_plain_text};

/// Makes a type of agent known, or describes it anew.
#[derive(Clone, Debug)]
pub struct RegisterAgentType {
    /// Who asks.
    pub author: Author,
    /// The type, as its event will say: a JSON object.
    pub agent_type: JsonText,
}

impl Command for RegisterAgentType {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let described = Payload::of(&self.agent_type);
        let name = described.text("agent_type").unwrap_or_default();
        if !is_plain_text(&name, 255) {
            let why = "must be 1 to 255 characters without control characters".to_owned();
            return Err(Refusal::InvalidField { field: "agent_type.agent_type", why });
        }
        if let Some(framework) = described.text("framework").filter(|framework| !is_framework(framework)) {
            let why = format!(
                "is \"{framework}\", and must be one segment of an event type: a-z, 0-9, '-' and '_', and not handoff, feedback, collaboration or registry"
            );
            return Err(Refusal::InvalidField { field: "agent_type.framework", why });
        }
        let mut script = Script::new(&self.author, view);
        script.record("agent.registry.type.registered", [], described)?;
        Ok(script.about::<AgentType>(&name))
    }
}
