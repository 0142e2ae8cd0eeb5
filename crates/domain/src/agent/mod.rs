//! Agents of any framework: their types, the single agents, and the pools that these make up.
//!
//! An agent starts, waits for work (idle), works (busy), takes no more (draining), and stops; it may fail on the way. What it does follows its
//! newest session and what that holds, and what its runtime says. One that has stopped never comes back.

mod assign_task;
mod create;
pub(crate) mod evolve;
mod pool;
mod register_type;
mod set_state;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use assign_task::AssignTask;
pub use create::{CreateAgent, INITIAL_CHECKPOINT};
pub use pool::{Pool, pool, waits_for};
pub use register_type::RegisterAgentType;
pub use set_state::SetAgentState;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::state::{Noun, label, newest_first};
use crate::{JsonText, Position, Timestamp};

/// How many warm instances a pool should hold when its type does not say.
pub const DESIRED_WARM: u32 = 10;

/// A type of agent. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AgentType {
    /// Its name.
    pub agent_type: String,
    /// Framework that runs it.
    pub framework: Option<String>,
    /// What it can do.
    pub capabilities: Vec<String>,
    /// Versions of handoff payloads that it accepts; any when there are none.
    pub payload_versions: Vec<String>,
    /// Versions of checkpoints that it reads; any when there are none.
    pub checkpoint_schema_versions: Vec<String>,
    /// Warm instances that its pool should hold.
    pub desired_warm: u32,
    /// Most instances that its pool may hold; 0 for no limit.
    pub max_instances: u32,
    /// What it is for.
    pub description: Option<String>,
    /// Anything else about it.
    pub metadata: Option<JsonText>,
    /// Position of the event that described it last.
    pub position: Position,

    /// Agents of it that were created and are not gone: how many the pool holds.
    pub instances: u32,
    /// The greatest number in the name of one of them, and not less than how many were ever created: the next one's name has the next number.
    pub created: u32,
    /// Names of the instances of those that are not gone.
    pub instance_ids: BTreeSet<String>,
    /// It was registered; else only agents of it were created.
    pub registered: bool,
    /// Number of changes.
    pub version: u64,
}

/// An agent.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Agent {
    /// Its id.
    pub agent_id: String,
    /// Its type.
    pub agent_type: String,
    /// The running instance.
    pub instance_id: Option<String>,
    /// Name for people.
    pub name: Option<String>,
    /// What it does: a word of the contract's AgentState.
    pub state: AgentState,
    /// Newest checkpoint.
    pub checkpoint_id: Option<String>,
    /// Newest session.
    pub session_id: Option<String>,
    /// MCP servers that it has.
    pub mcp_servers: Vec<String>,
    /// System prompt under which it runs.
    pub system_prompt: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the newest event that moved it was recorded.
    pub last_active_at: Timestamp,
    /// Tasks that it was given and has not finished.
    pub open_task_ids: Vec<String>,
    /// What it started with.
    pub initial_context: Option<JsonText>,
    /// Number of changes.
    pub version: u64,
    /// Position of its newest event.
    pub position: Position,

    /// Position of its first event.
    pub began: Position,
    /// Why it is in its state.
    pub reason: Option<String>,
}

/// What an agent does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentState {
    /// It is being started.
    Starting,
    /// It is warm and waits for work.
    Idle,
    /// It works.
    Busy,
    /// It finishes its work and takes no more.
    Draining,
    /// It is gone.
    Stopped,
    /// It went silent or reported a failure.
    Failed,
}

impl AgentState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Idle => "idle",
            Self::Busy => "busy",
            Self::Draining => "draining",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    /// The state for a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Starting, Self::Idle, Self::Busy, Self::Draining, Self::Stopped, Self::Failed]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

impl Noun for AgentType {
    fn id(&self) -> &str {
        &self.agent_type
    }

    fn labels(&self) -> Vec<String> {
        let mut labels: Vec<String> = self.capabilities.iter().map(|what| label("capability", what)).collect();
        if self.registered {
            labels.push(label("registered", "true"));
        }
        labels
    }

    /// By name, which is the id.
    fn rank(&self) -> String {
        String::new()
    }
}

impl Noun for Agent {
    fn id(&self) -> &str {
        &self.agent_id
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("state", self.state.as_str()), label("type", &self.agent_type)];
        labels.extend(self.instance_id.as_deref().map(|instance| label("instance", instance)));
        if self.state != AgentState::Stopped {
            labels.push(label("present", "true"));
        }
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.began)
    }
}
