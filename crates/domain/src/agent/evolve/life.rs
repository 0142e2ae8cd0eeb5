//! Agents, as their runtimes tell of them.

use super::types;
use crate::agent::{Agent, AgentState};
use crate::members::Members;
use crate::state::States;
use crate::{JsonText, RecordedEvent};

/// The first creation of an agent stands.
pub(super) fn created(states: &mut States, event: &RecordedEvent) {
    let said = Members::of(&event.envelope.payload);
    let (Some(id), Some(agent_type)) = (said.name("agent_id"), said.name("agent_type")) else { return };
    if states.get::<Agent>(&id).is_some() {
        return;
    }
    let agent = new(&id, agent_type.clone(), &said, event);
    types::grew(states, &agent_type, agent.instance_id.as_deref());
    states.change(&id, |_| Some(agent));
}

fn new(id: &str, agent_type: String, said: &Members<'_>, event: &RecordedEvent) -> Agent {
    Agent {
        agent_id: id.to_owned(),
        agent_type,
        instance_id: said.name("instance_id"),
        name: said.text("name"),
        state: AgentState::Starting,
        checkpoint_id: said.name("checkpoint_id"),
        session_id: said.name("session_id"),
        mcp_servers: said.read("mcp_servers").unwrap_or_default(),
        system_prompt: said.text("system_prompt"),
        created_at: event.envelope.timestamp,
        last_active_at: event.recorded_at,
        open_task_ids: Vec::new(),
        initial_context: said.read("initial_context").filter(JsonText::is_object),
        version: 1,
        position: event.position,
        began: event.position,
        reason: None,
    }
}

/// Its runtime says what it does. One that has stopped is gone for good.
pub(super) fn state_changed(states: &mut States, event: &RecordedEvent) {
    let said = Members::of(&event.envelope.payload);
    let state = said.name("state").and_then(|word| AgentState::from_word(&word));
    let (Some(id), Some(state)) = (said.name("agent_id"), state) else { return };
    let Some(agent) = states.get::<Agent>(&id).cloned() else { return };
    if agent.state == AgentState::Stopped || event.position <= agent.position {
        return;
    }
    if state == AgentState::Stopped {
        types::shrank(states, &agent.agent_type, agent.instance_id.as_deref());
    }
    states.update(&id, |agent: &mut Agent| {
        agent.state = state;
        agent.reason = said.text("reason");
        agent.note(event);
    });
}

impl Agent {
    pub(super) fn note(&mut self, event: &RecordedEvent) {
        self.version += 1;
        self.position = self.position.max(event.position);
        self.last_active_at = self.last_active_at.max(event.recorded_at);
    }
}
