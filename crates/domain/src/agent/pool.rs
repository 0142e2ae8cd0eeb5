//! The pool of agents of one type.

use super::{Agent, AgentState, AgentType};
use crate::handoff::{Handoff, HandoffState, TargetKind};

/// How many agents of one type there are, by what they do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pool {
    /// The type.
    pub agent_type: String,
    /// Warm instances that it should hold.
    pub desired_warm: u32,
    /// Most instances that it may hold; 0 for no limit.
    pub max_instances: u32,
    /// Instances that start.
    pub starting: u32,
    /// Instances that wait for work.
    pub idle: u32,
    /// Instances that work.
    pub busy: u32,
    /// Instances that finish their work and take no more.
    pub draining: u32,
    /// Instances that went silent or reported a failure.
    pub failed: u32,
}

/// Counts the agents of a type. Those of other types, and those that are gone, do not count.
pub fn pool<'a>(agent_type: &AgentType, agents: impl IntoIterator<Item = &'a Agent>) -> Pool {
    let mut pool = Pool {
        agent_type: agent_type.agent_type.clone(),
        desired_warm: agent_type.desired_warm,
        max_instances: agent_type.max_instances,
        ..Pool::default()
    };
    for agent in agents.into_iter().filter(|agent| agent.agent_type == agent_type.agent_type) {
        match agent.state {
            AgentState::Starting => pool.starting += 1,
            AgentState::Idle => pool.idle += 1,
            AgentState::Busy => pool.busy += 1,
            AgentState::Draining => pool.draining += 1,
            AgentState::Failed => pool.failed += 1,
            AgentState::Stopped => {}
        }
    }
    pool
}

/// True for work that waits for any agent of a type.
pub fn waits_for(handoff: &Handoff, agent_type: &AgentType) -> bool {
    let is_meant = match handoff.to_kind {
        Some(TargetKind::Type) | None => handoff.to_agent == agent_type.agent_type,
        Some(TargetKind::Capability) => agent_type.capabilities.contains(&handoff.to_agent),
        Some(TargetKind::Instance) => false,
    };
    handoff.state == HandoffState::Offered && is_meant
}
