//! Collaborations: agents that work on one goal.
//!
//! They join and leave, share a context whose keys are set with compare-and-set, vote, and deliver; who may end it, the strategy says.
//! An agent delivers by saying so, or by finishing work that was given to it for the collaboration.

mod active;
mod ballot;
mod complete;
mod due;
pub(crate) mod evolve;
mod fail;
mod join;
mod leave;
mod participants;
mod propose;
mod results;
mod set_context;
mod start;
mod update;
mod vote;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use ballot::Ballot;
pub use complete::CompleteCollaboration;
pub use due::CollaborationDue;
pub use fail::FailCollaboration;
pub use join::JoinCollaboration;
pub use leave::LeaveCollaboration;
pub use propose::CreateProposal;
pub use set_context::{ContextChange, SetSharedContext};
pub use start::StartCollaboration;
pub use update::UpdateCollaboration;
pub use vote::Vote;

use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, RecordedEvent, Timestamp};

/// How many agents may take part, those included that left.
pub const MOST_PARTICIPANTS: usize = 1_000;

/// How many keys a shared context may have had.
pub const MOST_KEYS: usize = 1_000;

/// How many bytes the keys and values of a shared context may have together.
pub const MOST_CONTEXT_BYTES: usize = 1 << 20;

/// How many bytes the results of all participants may have together. What does not fit is named by the event that brought it.
pub const MOST_RESULT_BYTES: usize = 1 << 20;

/// How many bytes the open proposals may have together.
pub const MOST_PROPOSAL_BYTES: usize = 256 << 10;

/// How many deliveries a collaboration remembers: the newest.
pub const DELIVERIES_KEPT: usize = 1_000;

/// How many proposals a collaboration remembers: the newest, as far as they are decided.
pub const MOST_PROPOSALS: usize = 256;

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
    /// What was delivered, oldest first: the newest 1,000.
    #[serde(default)]
    pub deliveries: Vec<Delivery>,
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

/// An event by which a participant delivered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delivery {
    /// The participant.
    pub agent_id: String,
    /// The event.
    pub event_id: EventId,
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
        let votes = self.proposals.iter().filter_map(|ballot| ballot.ends_at(self));
        votes.chain(self.deadline).min()
    }
}

impl Participant {
    /// How many bytes it has made its result of.
    fn result_bytes(&self) -> usize {
        [&self.result, &self.artifacts].into_iter().flatten().map(|json| json.as_str().len()).sum()
    }
}

impl Collaboration {
    fn new(id: &str, event: &RecordedEvent) -> Self {
        Self {
            collaboration_id: id.to_owned(),
            state: CollaborationState::Active,
            initiator_agent: None,
            leader: None,
            goal: None,
            participants: Vec::new(),
            shared_context: Vec::new(),
            coordination_strategy: "hierarchical".into(),
            deadlock_policy: "notify-person".into(),
            workflow_id: None,
            proposals: Vec::new(),
            outcome: None,
            summary: None,
            deadline: None,
            started_at: event.envelope.timestamp,
            completed_at: None,
            started_event_id: None,
            version: 0,
            position: Position::START,
            began: event.position,
            standardization_event_id: None,
            validation_event_id: None,
            removed_keys: BTreeMap::new(),
            deliveries: Vec::new(),
            anomalies: 0,
        }
    }

    /// The version of a key: 0 when it does not exist.
    pub fn version_of(&self, key: &str) -> u64 {
        self.shared_context.iter().find(|value| value.key == key).map_or(0, |value| value.version)
    }

    /// The version that a key has after its next change. Keys that come back go on counting.
    fn next_version_of(&self, key: &str) -> u64 {
        let removed = self.removed_keys.get(key).copied().unwrap_or_default();
        self.version_of(key).max(removed) + 1
    }

    /// How many keys it has or had.
    fn keys(&self) -> usize {
        self.shared_context.len() + self.removed_keys.len()
    }

    /// How many bytes the shared context has without these keys.
    fn context_bytes_but(&self, is_left_out: impl Fn(&str) -> bool) -> usize {
        let stays = self.shared_context.iter().filter(|value| !is_left_out(&value.key));
        stays.map(|value| value.key.len() + value.value.as_str().len()).sum()
    }
}

#[cfg(test)]
mod tests;
