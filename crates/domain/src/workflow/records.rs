//! What a workflow remembers of its events.

use serde::{Deserialize, Serialize};

use crate::{EventId, Timestamp};

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
    /// Event that completed or skipped it.
    #[serde(default)]
    pub event_id: Option<EventId>,
}

impl PhaseRecord {
    /// A phase of which nothing else is known.
    pub(super) fn new(phase: &str) -> Self {
        Self { phase: phase.to_owned(), started_at: None, completed_at: None, skipped: false, event_id: None }
    }
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

/// Work that was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// Event that said so.
    pub event_id: EventId,
    /// The task, as the event named it.
    pub task_id: Option<String>,
    /// The handoff by which the work was given.
    pub handoff_id: Option<String>,
    /// Who did it.
    pub agent: Option<String>,
}

/// A check that was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AwaitedValidation {
    /// Event that asked.
    pub event_id: EventId,
    /// The task whose result is to be checked.
    pub task_id: Option<String>,
    /// The agent whose work is to be checked.
    pub target_agent: Option<String>,
}
