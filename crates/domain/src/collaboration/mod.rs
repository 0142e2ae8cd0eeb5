//! Collaborations: agents that work on one goal.

pub(crate) mod evolve;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, Timestamp};

/// A collaboration as its events tell it. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Collaboration {
    /// Its id.
    pub collaboration_id: String,
    /// Where it stands.
    pub state: CollaborationState,
    /// Who started it.
    pub initiator_agent: Option<String>,
    /// Who leads; `None` when all are equal.
    pub leader: Option<String>,
    /// What is to be reached.
    pub goal: Option<String>,
    /// Who takes part, took part or is invited.
    pub participants: Vec<Participant>,
    /// What all of them share, by key.
    pub shared_context: Vec<SharedValue>,
    /// How they decide: a word of the contract's CoordinationStrategy.
    pub coordination_strategy: String,
    /// What happens when agents wait for each other: a word of the contract's DeadlockPolicy.
    pub deadlock_policy: String,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// What was proposed, in order.
    pub proposals: Vec<Ballot>,
    /// Outcome.
    pub outcome: Option<String>,
    /// What came out of it, or why it failed.
    pub summary: Option<String>,
    /// When it must be done.
    pub deadline: Option<Timestamp>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// Event that started it; `None` until it was seen.
    pub started_event_id: Option<EventId>,
    /// Number of changes.
    pub version: u64,
    /// Position of its newest event.
    pub position: Position,

    /// Position of its first event.
    pub began: Position,
    /// Event that asked for a pattern last.
    pub standardization_event_id: Option<EventId>,
    /// Event by which a check ended last.
    pub validation_event_id: Option<EventId>,
    /// Versions of keys that were removed: a key that comes back goes on counting.
    pub removed_keys: BTreeMap<String, u64>,
    /// Events that came when the state did not allow them.
    pub anomalies: u64,
}

/// Where a collaboration stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CollaborationState {
    /// It runs.
    Active,
    /// Done.
    Completed,
    /// Failed.
    Failed,
}

impl CollaborationState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// One participant.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Participant {
    /// The agent.
    pub agent_id: String,
    /// Its role.
    pub role: Option<String>,
    /// What it answers for.
    pub responsibilities: Vec<String>,
    /// What it does.
    pub state: ParticipantState,
    /// Session in which it takes part.
    pub session_id: Option<String>,
    /// How far it is, in percent.
    pub progress_pct: Option<f64>,
    /// What it reported last.
    pub summary: Option<String>,
    /// What it delivered: a JSON object.
    pub result: Option<JsonText>,
    /// What it made: a JSON array.
    pub artifacts: Option<JsonText>,
    /// When it joined.
    pub joined_at: Option<Timestamp>,
}

/// What a participant does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantState {
    /// Expected, and has not joined.
    Invited,
    /// Takes part.
    Joined,
    /// Delivered all that it answers for.
    Delivered,
    /// Left.
    Left,
}

/// One value of a shared context.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SharedValue {
    /// The key.
    pub key: String,
    /// The value.
    pub value: JsonText,
    /// Version of the key, from 1.
    pub version: u64,
    /// Who set it.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Timestamp,
    /// Event that set it.
    pub event_id: EventId,
}

/// Something to vote on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ballot {
    /// Its id.
    pub proposal_id: String,
    /// Who proposed it.
    pub agent_id: Option<String>,
    /// What is proposed.
    pub proposal: String,
    /// What to choose from.
    pub options: Vec<String>,
    /// Votes that must agree.
    pub quorum: u32,
    /// Who voted what.
    pub votes: BTreeMap<String, String>,
    /// The vote ended.
    pub decided: bool,
    /// The option that won.
    pub decision: Option<String>,
    /// When the vote ends.
    pub deadline: Option<Timestamp>,
    /// Event that proposed it.
    pub created_event_id: EventId,
}

impl Noun for Collaboration {
    fn id(&self) -> &str {
        &self.collaboration_id
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("state", self.state.as_str())];
        labels.extend(self.workflow_id.as_deref().map(|id| label("workflow", id)));
        labels.extend(self.participants.iter().map(|participant| label("agent", &participant.agent_id)));
        labels.extend(self.initiator_agent.as_deref().map(|agent| label("agent", agent)));
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.began)
    }

    fn due(&self) -> Option<Timestamp> {
        if self.state != CollaborationState::Active {
            return None;
        }
        let votes = self.proposals.iter().filter(|ballot| !ballot.decided).filter_map(|ballot| ballot.deadline);
        votes.chain(self.deadline).min()
    }
}
