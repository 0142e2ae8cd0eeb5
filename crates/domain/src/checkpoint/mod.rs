//! Checkpoints: references that the log keeps; the snapshot of an agent's state, where there is one, is kept beside it.

pub(crate) mod evolve;

use serde::{Deserialize, Serialize};

use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, Timestamp};

/// A checkpoint as its events tell it. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its name, unique in its session.
    pub checkpoint_id: String,
    /// The session.
    pub session_id: String,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// The running instance.
    pub agent_instance_id: Option<String>,
    /// Why it was made: a word of the contract's CheckpointType.
    pub checkpoint_type: String,
    /// What was done since the last one.
    pub summary: Option<String>,
    /// Where the agent stands.
    pub context_snapshot: Option<JsonText>,
    /// What it cost so far.
    pub metrics: Option<JsonText>,
    /// Version of the form of the agent's state.
    pub schema_version: Option<String>,
    /// Event that saved it.
    pub event_id: EventId,
    /// Position of that event.
    pub position: Position,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// It must be kept.
    pub pinned: bool,
    /// It was deleted.
    pub deleted: bool,
    /// Number in its session, from 1.
    pub ordinal: u32,

    /// Under which it is kept: see [`key`].
    pub key: String,
    /// SHA-256 of its snapshot in hexadecimal; `None` when it has none.
    pub snapshot_digest: Option<String>,
    /// Size of its snapshot in bytes.
    pub snapshot_size: u64,
    /// The handoff that was worked on.
    pub handoff_id: Option<String>,
    /// Number of changes.
    pub version: u64,
}

/// The id of a checkpoint's state: names are unique only within a session.
pub fn key(session_id: &str, checkpoint_id: &str) -> String {
    format!("{session_id}/{checkpoint_id}")
}

impl Noun for Checkpoint {
    fn id(&self) -> &str {
        &self.key
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("session", &self.session_id), label("name", &self.checkpoint_id)];
        if !self.deleted {
            labels.push(label("kept", &self.session_id));
            labels.extend(self.snapshot_digest.as_deref().map(|digest| label("snapshot", digest)));
        }
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.position)
    }
}
