//! Checkpoints: references that the log keeps; the snapshot of an agent's state, where there is one, is kept beside it.

pub(crate) mod evolve;
mod pin;
mod prune;
mod save;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use serde::{Deserialize, Serialize};

pub use pin::SetCheckpointPin;
pub use prune::{PruneCheckpoints, to_delete};
pub use save::{SaveCheckpoint, within_quota};

use crate::session::Session;
use crate::state::{Kind, Noun, States, label, newest_first};
use crate::{Digest, EventId, JsonText, Position, Refusal, Timestamp};

/// How many sessions one after another are looked through for a checkpoint that was made before a recovery.
pub const PREDECESSORS: usize = 32;

/// How many handoffs that start from a checkpoint it keeps: the newest.
const USES_KEPT: usize = 32;

/// Why checkpoints are made: the words of the contract's CheckpointType. The first counts where none is said.
const TYPES: [&str; 6] = ["progress", "milestone", "pre-handoff", PRE_FEEDBACK, "initial", "final"];

/// The type of those that are made before the agent waits for an answer.
pub(crate) const PRE_FEEDBACK: &str = "pre-feedback";

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
    /// Further handoffs that were asked for, or offered again, with it.
    pub used_by: Vec<String>,
    /// Number of changes.
    pub version: u64,
}

/// The id of a checkpoint's state: names are unique only within a session.
pub fn key(session_id: &str, checkpoint_id: &str) -> String {
    // The first slash ends the session's id, whatever slashes the names have themselves.
    format!("{}/{checkpoint_id}", session_id.replace('%', "%25").replace('/', "%2F"))
}

/// The checkpoint of this name that a session may go on from: its own, or one of the sessions from which it took over.
pub(crate) fn find<'a>(states: &'a States, session: &'a Session, name: &str) -> Option<&'a Checkpoint> {
    let mut session = session;
    for _ in 0..PREDECESSORS {
        if let Some(checkpoint) = states.get(&key(&session.session_id, name)) {
            return Some(checkpoint);
        }
        session = states.get(session.recovered_from.as_deref()?)?;
    }
    None
}

/// As [`find`], for one that must be there still.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(crate) fn restorable<'a>(states: &'a States, session: &'a Session, name: &str) -> Result<&'a Checkpoint, Refusal> {
    let found = find(states, session, name).filter(|checkpoint| !checkpoint.deleted);
    found.ok_or_else(|| not_found(name))
}

fn not_found(name: &str) -> Refusal {
    Refusal::NotFound { kind: <Checkpoint as Kind>::KIND, id: name.to_owned() }
}

impl Checkpoint {
    /// SHA-256 of its snapshot, when it has one still.
    pub fn snapshot(&self) -> Option<Digest> {
        self.snapshot_digest.as_deref().filter(|_| !self.deleted).and_then(Digest::from_hex)
    }
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
