//! The state of a workflow, kept from the events that belong to it.
//!
//! [`evolve::evolve`] is the only way in which it changes: for commands, for raw events from anywhere, and for a rebuild from the
//! log, which must give byte for byte what the live path kept.

pub mod evolve;
mod start;

use serde::{Deserialize, Serialize};

pub use start::StartWorkflow;

use crate::state::Noun;
use crate::{EventId, Position, Timestamp, WorkflowId};

/// How many entries of each history a state keeps: the newest. The log has them all.
pub const HISTORY_LIMIT: usize = 256;

/// The phases of a BMAD workflow, in their order.
pub const PHASES: [&str; 4] = ["analysis", "planning", "solutioning", "implementation"];

/// A workflow as its events tell it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Workflow {
    /// Its id.
    pub workflow_id: WorkflowId,
    /// The project's name; `None` until an event tells it.
    pub project_name: Option<String>,
    /// Where it stands.
    pub status: WorkflowStatus,
    /// The phase it is in; `None` until an event tells it.
    pub current_phase: Option<String>,
    /// The agent that works on it: the last that accepted a handoff, before the first one the agent that started it.
    pub current_agent: Option<String>,
    /// When it began, by the producer's clock: the time of its start event, or of its first event until one arrives.
    pub started_at: Timestamp,
    /// When its last event was recorded.
    pub updated_at: Timestamp,
    /// When it ended, by the producer's clock.
    pub completed_at: Option<Timestamp>,
    /// Its phases in the order in which they were first seen.
    pub phase_history: Vec<PhaseRecord>,
    /// Its handoffs from agent to agent, oldest first.
    pub agent_handoffs: Vec<HandoffRecord>,
    /// The events that moved it (started, phases, handoffs, ends), oldest first.
    pub correlation_ids: Vec<EventId>,
    /// The agents that produced its events, in the order in which they were first seen.
    pub agents: Vec<AgentInvolved>,
    /// Who started it through god33's own API; `None` when a raw event did.
    pub owner: Option<String>,
    /// What the start event said beside the fields above, as a JSON object.
    pub metadata: serde_json::Map<String, serde_json::Value>,
    /// How many events it consists of. Every event moves it by one, so it also tells two states apart.
    pub version: u64,
    /// How many of its events a state machine would have refused, such as a phase completed after the end.
    pub anomalies: u64,
    /// A start event was seen.
    pub started: bool,
    /// What it is for, as its start event said.
    pub description: Option<String>,
    /// Why it failed or was cancelled, as the event that ended it said.
    pub reason: Option<String>,
    /// The place of its newest event in the log.
    pub position: Position,
}

/// Where a workflow stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkflowStatus {
    /// It goes on.
    Running,
    /// It reached its end.
    Completed,
    /// It was given up.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

impl WorkflowStatus {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status for a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Running, Self::Completed, Self::Failed, Self::Cancelled].into_iter().find(|s| s.as_str() == word)
    }
}

/// One phase of a workflow.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PhaseRecord {
    /// Its name.
    pub phase: String,
    /// When it was seen to begin.
    pub started_at: Option<Timestamp>,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// It was left out on purpose.
    pub skipped: bool,
}

/// Work that one agent handed to another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HandoffRecord {
    /// Who handed it over.
    pub from: Option<String>,
    /// Who was to take it.
    pub to: Option<String>,
    /// When, by the producer's clock.
    pub at: Timestamp,
    /// The event that asked for it.
    pub event_id: EventId,
}

/// An agent that took part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgentInvolved {
    /// Its name.
    pub agent: String,
    /// What kind of agent it is.
    pub kind: AgentKind,
}

/// Kinds of agents, as the seed counts them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// A BMAD planner.
    Bmad,
    /// A Letta agent.
    Letta,
    /// Anybody else: another framework's agent, or a person.
    Other,
}

impl Workflow {
    fn new(workflow_id: WorkflowId, first_seen: Timestamp, recorded_at: Timestamp) -> Self {
        Self {
            workflow_id,
            project_name: None,
            status: WorkflowStatus::Running,
            current_phase: None,
            current_agent: None,
            started_at: first_seen,
            updated_at: recorded_at,
            completed_at: None,
            phase_history: Vec::new(),
            agent_handoffs: Vec::new(),
            correlation_ids: Vec::new(),
            agents: Vec::new(),
            owner: None,
            metadata: serde_json::Map::new(),
            version: 0,
            anomalies: 0,
            started: false,
            description: None,
            reason: None,
            position: Position::START,
        }
    }

    /// How many agents of a kind took part.
    pub fn agents_of(&self, kind: AgentKind) -> usize {
        self.agents.iter().filter(|agent| agent.kind == kind).count()
    }
}

impl Noun for Workflow {
    fn id(&self) -> &str {
        self.workflow_id.as_str()
    }

    /// None: workflows have a table of their own, with columns to find them by.
    fn labels(&self) -> Vec<String> {
        Vec::new()
    }

    fn rank(&self) -> String {
        String::new()
    }
}
