//! Sessions: one run of an agent, from its start to its end or failure.
//!
//! active | paused → completed | failed; a failed session may be recovered by another one. When a session was last heard of is
//! not part of the state but for its events: heartbeats are kept beside the log.

pub(crate) mod evolve;
mod link;

use serde::{Deserialize, Serialize};

pub use link::SessionLink;

use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, Timestamp};

/// How long a session may be silent when its start does not say, in seconds.
pub const HEARTBEAT_SECONDS: f64 = 60.0;

/// How many instructions a session keeps: the newest.
pub const INSTRUCTIONS_KEPT: usize = 64;

/// A session as its events tell it. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub session_id: String,
    /// Type of the agent; empty until an event told it.
    pub agent_type: String,
    /// The running instance.
    pub agent_instance_id: Option<String>,
    /// Newest checkpoint.
    pub checkpoint_id: Option<String>,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// When it started.
    pub started_at: Timestamp,
    /// When the newest event that moved it was recorded.
    pub last_active_at: Timestamp,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// Where it stands; `None` until its start was seen.
    pub status: Option<SessionStatus>,
    /// Anything else about it.
    pub metadata: Option<JsonText>,
    /// Why it is paused or failed.
    pub reason: Option<String>,
    /// Session that it took over from.
    pub recovered_from: Option<String>,
    /// Session that took over from it.
    pub recovered_by: Option<String>,
    /// Handoff that it took last and still holds.
    pub handoff_id: Option<String>,
    /// How full its context window is, as an event said last.
    pub context_health: Option<ContextHealth>,
    /// How long it may be silent, in seconds.
    pub heartbeat_timeout: f64,
    /// Framework of the agent, the second segment of its event types.
    pub framework: String,
    /// Grows when another session takes over: the one that took over has a greater one than the one that it took over from.
    pub fencing_token: u64,
    /// Number of changes.
    pub version: u64,
    /// Position of its newest event.
    pub position: Position,
    /// How many checkpoints it made.
    pub checkpoint_count: u32,
    /// Agent in the registry.
    pub agent_id: Option<String>,
    /// What it cost so far.
    pub metrics: Option<JsonText>,

    /// Position of its first event.
    pub began: Position,
    /// Handoffs that it holds.
    pub handoff_ids: Vec<String>,
    /// Open questions that it asked and waits for.
    pub open_questions: Vec<String>,
    /// Questions of it, or of a session that it took over from, that were answered: the newest 64.
    pub answered_questions: Vec<String>,
    /// Event that saved its newest checkpoint.
    pub checkpoint_event_id: Option<EventId>,
    /// Position of that event: recovery is the checkpoint and what came after.
    pub checkpoint_position: Option<Position>,
    /// Version of the form of that checkpoint.
    pub checkpoint_schema: Option<String>,
    /// Event by which it failed.
    pub failed_event_id: Option<EventId>,
    /// Event by which it began to take over from another session.
    pub recovery_event_id: Option<EventId>,
    /// Event by which it restored the checkpoint of that session.
    pub restored_event_id: Option<EventId>,
    /// What the server and people want of it: the newest.
    pub instructions: Vec<Instruction>,
    /// Checkpoints that were not deleted, oldest first, by their names.
    pub checkpoints: Vec<String>,
    /// Bytes of the snapshots of these checkpoints.
    pub snapshot_bytes: u64,
    /// Events that came when the state did not allow them.
    pub anomalies: u64,
}

/// Where a session stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// It works.
    Active,
    /// It waits.
    Paused,
    /// Done.
    Completed,
    /// It failed or went silent.
    Failed,
}

impl SessionStatus {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// How full the context window of an agent is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContextHealth {
    /// Tokens in the window.
    pub context_tokens: i64,
    /// Size of the window; 0 when it is not known.
    pub context_limit: i64,
    /// When it was measured.
    pub measured_at: Timestamp,
}

/// What the server or a person wants of a session. It follows from an event, and its id from that event's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Instruction {
    /// Its id.
    pub instruction_id: String,
    /// What is wanted: a word of the contract's InstructionKind.
    pub kind: String,
    /// Why, or the message.
    pub reason: Option<String>,
    /// The handoff that it is about.
    pub handoff_id: Option<String>,
    /// The question that it is about.
    pub question_id: Option<String>,
    /// Event that caused it.
    pub event_id: EventId,
    /// Who wants it.
    pub sent_by: Option<String>,
    /// When.
    pub sent_at: Timestamp,
}

impl Noun for Session {
    fn id(&self) -> &str {
        &self.session_id
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("status", self.status.map_or("unknown", SessionStatus::as_str))];
        if self.is_open() {
            labels.push(label("open", "true"));
        }
        labels.extend(self.workflow_id.as_deref().map(|id| label("workflow", id)));
        let agents = [Some(self.agent_type.as_str()), self.agent_instance_id.as_deref(), self.agent_id.as_deref()];
        labels.extend(agents.into_iter().flatten().map(|agent| label("agent", agent)));
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.began)
    }
}

impl Session {
    /// True while it works or waits.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Some(SessionStatus::Active | SessionStatus::Paused))
    }
}
