//! Names of things. Each kind has a type of its own, so that one cannot be passed for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Names an event for ever. Chosen by the producer, or by the server when the producer has none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(Uuid);

impl EventId {
    /// Wraps a UUID of any version.
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }

    /// A fresh id, ordered by time (UUID version 7).
    pub fn generate() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id for a text that another system uses as an event id: itself when it is a UUID, else a UUID (version 5) derived
    /// from the text. The same text gives the same id, so references to it still meet.
    pub fn from_foreign(text: &str) -> Self {
        let text = text.trim();
        Uuid::parse_str(text).map_or_else(|_| Self::derived("god33:foreign-event-id:", text.as_bytes()), Self)
    }

    /// An id derived from content, for a message that carries none. A redelivery of the same bytes gives the same id.
    pub fn from_content(routing_key: &str, body: &[u8]) -> Self {
        let mut name = Vec::with_capacity(routing_key.len() + 1 + body.len());
        name.extend_from_slice(routing_key.as_bytes());
        name.push(0);
        name.extend_from_slice(body);
        Self::derived("god33:event-content:", &name)
    }

    fn derived(space: &str, name: &[u8]) -> Self {
        let space = Uuid::new_v5(&Uuid::NAMESPACE_OID, space.as_bytes());
        Self(Uuid::new_v5(&space, name))
    }

    /// The id as a UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.as_hyphenated(), f)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for EventId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

/// Names one attempt to change something, so that a repeat of it gets the first answer (AIP-155).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RequestId(pub Uuid);

/// The place of an event in the log: 1, 2, 3 … without gaps, in order of commit. 0 stands for "before the first event".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(u64);

impl Position {
    /// The position before the first event.
    pub const START: Self = Self(0);

    /// The greatest position: stores keep positions as signed 64-bit integers.
    pub const MAX: Self = Self(i64::MAX as u64);

    /// Wraps a number; numbers past [`Position::MAX`] become it.
    pub const fn new(number: u64) -> Self {
        if number > Self::MAX.0 { Self::MAX } else { Self(number) }
    }

    /// From a store's signed column; negative numbers, which no store holds, become [`Position::START`].
    pub const fn from_i64(number: i64) -> Self {
        if number < 0 { Self::START } else { Self(number as u64) }
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number as stores keep it.
    pub const fn as_i64(self) -> i64 {
        self.0 as i64
    }

    /// The next position.
    #[must_use]
    pub const fn next(self) -> Self {
        Self::new(self.0.saturating_add(1))
    }

    /// The position before this one; that of [`Position::START`] is itself.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

/// A text that is not a name: empty, longer than 255 characters, or with control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 255 characters without control characters")]
pub struct InvalidLabel;

/// True for 1 to `limit` characters that a text column can hold and a person can read: no control characters.
pub fn is_plain_text(text: &str, limit: usize) -> bool {
    !text.is_empty() && text.chars().count() <= limit && !text.chars().any(char::is_control)
}

macro_rules! label {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Accepts 1 to 255 characters without control characters.
            pub fn parse(text: &str) -> Result<Self, InvalidLabel> {
                if is_plain_text(text, 255) { Ok(Self(text.to_owned())) } else { Err(InvalidLabel) }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

label!(
    /// Names a workflow: a UUID when god33's own API made it, any text when it came from the bus.
    WorkflowId
);
label!(
    /// Names an agent's session: a UUID when god33's own API made it, any text when it came from the bus.
    SessionId
);
label!(
    /// Names the agent that an event is attributed to: an instance (`letta-python-dev-001`), a role (`bmad-architect`) or a person.
    AgentId
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_uuid_from_elsewhere_stays_itself_and_other_text_always_gives_the_same_id() {
        let id = EventId::generate();
        assert_eq!(EventId::from_foreign(&id.to_string()), id);
        let derived = EventId::from_foreign("evt-2026-01-11-0001");
        assert_eq!(derived, EventId::from_foreign("evt-2026-01-11-0001"));
        assert_ne!(derived, EventId::from_foreign("evt-2026-01-11-0002"));
        assert_eq!(derived.uuid().get_version_num(), 5);
    }

    #[test]
    fn content_ids_depend_on_routing_key_and_body() {
        let id = EventId::from_content("a.b", b"{}");
        assert_eq!(id, EventId::from_content("a.b", b"{}"));
        assert_ne!(id, EventId::from_content("a.c", b"{}"));
        assert_ne!(id, EventId::from_content("a.b", b"[]"));
    }

    #[test]
    fn labels_refuse_what_no_column_or_screen_can_hold() {
        assert!(WorkflowId::parse("").is_err());
        assert!(WorkflowId::parse("a\u{0}b").is_err());
        assert!(WorkflowId::parse(&"x".repeat(256)).is_err());
        assert_eq!(WorkflowId::parse(&"ü".repeat(255)).unwrap().as_str().chars().count(), 255);
    }

    #[test]
    fn positions_never_leave_what_a_store_can_hold() {
        assert_eq!(Position::new(u64::MAX), Position::MAX);
        assert_eq!(Position::MAX.next(), Position::MAX);
        assert_eq!(Position::START.previous(), Position::START);
        assert_eq!(Position::from_i64(-3), Position::START);
    }
}
