//! Saying what an agent does.

use super::{Agent, AgentState};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::Kind;

/// Says what an agent does now.
#[derive(Clone, Debug)]
pub struct SetAgentState {
    /// Who says it.
    pub author: Author,
    /// The agent.
    pub agent_id: String,
    /// What it does now.
    pub state: AgentState,
    /// Why.
    pub reason: Option<String>,
}

impl Command for SetAgentState {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let agent = view.find::<Agent>(&self.agent_id)?;
        agent.must_be(
            &["starting", "idle", "busy", "draining", "failed"],
            "one that has stopped never comes back, create another",
        )?;
        let payload = Payload::new()
            .with("agent_id", &self.agent_id)
            .with("state", self.state)
            .with_some("reason", self.reason.as_ref());
        let mut script = Script::new(&self.author, view);
        script.record("agent.registry.agent.state.changed", [], payload)?;
        Ok(script.about::<Agent>(&self.agent_id))
    }
}

impl Agent {
    /// Refuses what the state of the agent does not allow.
    pub(super) fn must_be(&self, allowed: &'static [&'static str], cure: &'static str) -> Result<(), Refusal> {
        let state = self.state.as_str();
        if allowed.contains(&state) {
            return Ok(());
        }
        Err(Refusal::WrongState { kind: <Self as Kind>::KIND, id: self.agent_id.clone(), state, allowed, cure })
    }
}
