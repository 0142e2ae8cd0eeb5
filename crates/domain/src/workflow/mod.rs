//! The state of a workflow, kept from the events that belong to it.
//!
//! [`evolve::evolve`] is the only way in which it changes: for commands, for raw events from anywhere, and for a rebuild from the
//! log, which must give byte for byte what the live path kept.

mod cancel;
mod complete;
mod complete_phase;
mod end;
pub mod evolve;
mod fail;
mod phase;
mod record_validation;
mod records;
mod request_handoff;
mod request_validation;
mod running;
mod search;
mod skip_phase;
mod start;
mod validation;

use serde::{Deserialize, Serialize};

pub use cancel::CancelWorkflow;
pub use complete::CompleteWorkflow;
pub use complete_phase::CompletePhase;
pub use fail::FailWorkflow;
pub use phase::PHASES;
pub use record_validation::RecordValidation;
pub use records::{AgentInvolved, AgentKind, AwaitedValidation, HandoffRecord, Outcome, PhaseRecord};
pub use request_handoff::RequestHandoff;
pub use request_validation::RequestValidation;
pub use search::search_words;
pub use skip_phase::SkipPhase;
pub use start::StartWorkflow;

use crate::state::Noun;
use crate::{EventId, Position, Timestamp, WorkflowId};

/// How many entries of each history a state keeps: the newest. The log has them all.
pub const HISTORY_LIMIT: usize = 256;

/// How many open handoffs and questions a state knows of, of each kind: the newest.
pub const OPEN_LIMIT: usize = 1_000;

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

    /// Event that started it; `None` until it was seen.
    #[serde(default)]
    pub started_event_id: Option<EventId>,
    /// Event that ended a phase last.
    #[serde(default)]
    pub phase_event_id: Option<EventId>,
    /// Event that moved it last. Outcomes of work and checks count here, too.
    #[serde(default)]
    pub moved_event_id: Option<EventId>,
    /// Handoffs that were asked for in it and were not seen to end, oldest first. Whether they are open, their own states say.
    #[serde(default)]
    pub open_handoffs: Vec<String>,
    /// Questions that were asked in it and were not seen to end, oldest first. Whether they are open, their own states say.
    #[serde(default)]
    pub open_questions: Vec<String>,
    /// Work that was done in it, oldest first.
    #[serde(default)]
    pub outcomes: Vec<Outcome>,
    /// Checks that were asked for and are not done, oldest first.
    #[serde(default)]
    pub open_validations: Vec<AwaitedValidation>,
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
            started_event_id: None,
            phase_event_id: None,
            moved_event_id: None,
            open_handoffs: Vec::new(),
            open_questions: Vec::new(),
            outcomes: Vec::new(),
            open_validations: Vec::new(),
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

#[cfg(test)]
mod tests;
