//! Messages that could not become events.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A message from the bus that could not become an event, kept whole until somebody looks at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuarantinedMessage {
    /// When it arrived.
    pub received_at: Timestamp,
    /// The exchange it was published to.
    pub exchange: String,
    /// Its routing key.
    pub routing_key: String,
    /// Its AMQP properties and headers, as JSON.
    pub properties: serde_json::Value,
    /// Its body, as it came.
    pub body: Bytes,
    /// Why.
    pub reason: QuarantineReason,
    /// What exactly is wrong, for a person.
    pub detail: String,
    /// How often it was tried.
    pub attempts: u32,
}

/// Why a message is in quarantine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineReason {
    /// The body is not JSON in UTF-8, or is nested too deep.
    Malformed,
    /// The body is JSON, but neither it nor its routing key names an event type.
    NoEventType,
    /// The body is greater than the limit.
    TooLarge,
    /// Its event id is known with other content.
    IdConflict,
    /// The store, though in good health, fails to write it again and again.
    Unstorable,
}

impl QuarantineReason {
    /// The word for it in stores and listings.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NoEventType => "no_event_type",
            Self::TooLarge => "too_large",
            Self::IdConflict => "id_conflict",
            Self::Unstorable => "unstorable",
        }
    }

    /// The reason for a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Malformed, Self::NoEventType, Self::TooLarge, Self::IdConflict, Self::Unstorable]
            .into_iter()
            .find(|reason| reason.as_str() == word)
    }
}
