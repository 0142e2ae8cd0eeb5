//! What the server or a person wants of a session.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{EventId, Timestamp};

/// How many instructions a session keeps: the newest.
pub const INSTRUCTIONS_KEPT: usize = 64;

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

/// The id of the instruction that an event gives to a session.
pub fn instruction_id(event_id: EventId, session_id: &str) -> String {
    Uuid::new_v5(&event_id.uuid(), session_id.as_bytes()).to_string()
}

/// What is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum InstructionKind {
    /// Stop the work and end the session.
    Cancel,
    /// Save a checkpoint, then wait.
    Pause,
    /// Go on.
    Resume,
    /// Save a checkpoint now.
    SaveCheckpoint,
    /// The lease on a handoff is lost: stop that work.
    LeaseLost,
    /// A question of the session was answered.
    Answer,
    /// Finish the work and take no more.
    Drain,
    /// Read the message.
    Message,
}

impl InstructionKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Cancel,
        Self::Pause,
        Self::Resume,
        Self::SaveCheckpoint,
        Self::LeaseLost,
        Self::Answer,
        Self::Drain,
        Self::Message,
    ];

    /// The contract's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::SaveCheckpoint => "save-checkpoint",
            Self::LeaseLost => "lease-lost",
            Self::Answer => "answer",
            Self::Drain => "drain",
            Self::Message => "message",
        }
    }

    /// The kind for a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// True for what follows from other events alone, and so is never sent by anybody.
    pub const fn is_consequence(self) -> bool {
        matches!(self, Self::LeaseLost | Self::Answer)
    }
}
