//! Sessions: one run of an agent, from its start to its end or failure.
//!
//! active | paused → completed | failed; a failed session may be recovered by another one. When a session was last heard of is
//! not part of the state but for its events: heartbeats are kept beside the log.

mod complete;
mod complete_recovery;
pub(crate) mod evolve;
mod fail;
mod framework;
mod instruct;
mod instruction;
mod link;
mod pause;
mod require;
mod resume;
mod start;
mod start_recovery;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
pub(crate) mod tests;
mod update_context;

use serde::{Deserialize, Serialize};

pub use complete::CompleteSession;
pub use complete_recovery::CompleteRecovery;
pub use fail::{FailSession, FailSilent};
pub(crate) use framework::{agent_event, framework_of_type, is_framework};
pub use instruct::Instruct;
pub use instruction::{INSTRUCTIONS_KEPT, Instruction, InstructionKind, instruction_id};
pub use link::SessionLink;
pub use pause::PauseSession;
pub(crate) use pause::paused;
pub(crate) use require::{active_session, newest_answer, not_superseded, open_question, open_session};
pub use resume::ResumeSession;
pub use start::StartSession;
pub use start_recovery::StartRecovery;
pub use update_context::UpdateContext;

use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, RecordedEvent, Timestamp};

/// How long a session may be silent when its start does not say, in seconds.
pub const HEARTBEAT_SECONDS: f64 = 60.0;

/// How many answered questions a session keeps: the newest.
pub const ANSWERS_KEPT: usize = 64;

/// Why a session is paused that waits for people to answer.
pub const AWAITING_FEEDBACK: &str = "awaiting_feedback";

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
    /// How long it may be silent, in seconds; 0 for one that began with a plain message of the bus and promised no heartbeat.
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
    /// Position of the newest event that said where it stands: an older one that comes to light later says nothing new.
    pub stood: Position,
    /// Handoffs that it holds; when it failed, those that it held then and that nobody took since.
    pub handoff_ids: Vec<String>,
    /// Open questions that it asked and waits for.
    pub open_questions: Vec<String>,
    /// Questions of it, or of a session that it took over from, that were answered or ended otherwise: the newest
    /// [`ANSWERS_KEPT`].
    pub answered_questions: Vec<String>,
    /// Event that saved its newest checkpoint.
    pub checkpoint_event_id: Option<EventId>,
    /// Position of that event: recovery is the checkpoint and what came after.
    pub checkpoint_position: Option<Position>,
    /// Version of the form of that checkpoint.
    pub checkpoint_schema: Option<String>,
    /// Checkpoint that was made before it began to wait.
    pub pause_checkpoint_id: Option<String>,
    /// Event by which it failed.
    pub failed_event_id: Option<EventId>,
    /// Event by which it began to take over from another session.
    pub recovery_event_id: Option<EventId>,
    /// Checkpoint of that session from which it starts.
    pub recovery_checkpoint_id: Option<String>,
    /// Event by which it restored that checkpoint, or went on without one.
    pub restored_event_id: Option<EventId>,
    /// What the server and people want of it: the newest.
    pub instructions: Vec<Instruction>,
    /// Its checkpoints that were not deleted, by their names, in the order in which they became known.
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
    /// One of which nothing is known but this event.
    fn new(session_id: &str, event: &RecordedEvent) -> Self {
        Self {
            session_id: session_id.to_owned(),
            agent_type: String::new(),
            agent_instance_id: None,
            checkpoint_id: None,
            workflow_id: None,
            started_at: event.envelope.timestamp,
            last_active_at: event.recorded_at,
            completed_at: None,
            status: None,
            metadata: None,
            reason: None,
            recovered_from: None,
            recovered_by: None,
            handoff_id: None,
            context_health: None,
            heartbeat_timeout: 0.0,
            framework: String::new(),
            fencing_token: 0,
            version: 0,
            position: event.position,
            checkpoint_count: 0,
            agent_id: None,
            metrics: None,
            began: event.position,
            stood: Position::START,
            handoff_ids: Vec::new(),
            open_questions: Vec::new(),
            answered_questions: Vec::new(),
            checkpoint_event_id: None,
            checkpoint_position: None,
            checkpoint_schema: None,
            pause_checkpoint_id: None,
            failed_event_id: None,
            recovery_event_id: None,
            recovery_checkpoint_id: None,
            restored_event_id: None,
            instructions: Vec::new(),
            checkpoints: Vec::new(),
            snapshot_bytes: 0,
            anomalies: 0,
        }
    }

    /// True while it works or waits.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Some(SessionStatus::Active | SessionStatus::Paused))
    }
}
