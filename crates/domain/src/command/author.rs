//! Who asks.

use uuid::Uuid;

use crate::{EventId, JsonText, Timestamp};

/// The server itself, where it is the one who asks.
pub const SERVER: &str = "god33";

/// Who asks, and what they say about the events that come of it.
#[derive(Clone, Debug)]
pub struct Author {
    /// Who asks, as the server authenticated them.
    pub principal: String,
    /// The id of the first event; those that follow have ids that are made from it. Fresh for each command.
    pub event_id: EventId,
    /// Further causes of the first event, beside those that the command itself knows.
    pub correlation_ids: Vec<EventId>,
    /// Where the events come from, as a JSON object in the envelope's shape.
    pub source: JsonText,
    /// The agent behind them: a JSON object in upstream's shape.
    pub agent_context: Option<JsonText>,
    /// The id that the chain of events shares.
    pub chain_id: Option<String>,
    /// W3C trace context of the request.
    pub traceparent: Option<String>,
    /// When it happened, by the clock of who asks; `None` for the server's time.
    pub timestamp: Option<Timestamp>,
}

impl Author {
    /// The server itself, for what follows from the passing of time.
    pub fn server() -> Self {
        Self {
            principal: SERVER.into(),
            event_id: EventId::generate(),
            correlation_ids: Vec::new(),
            source: JsonText::from_trusted(r#"{"host":"","type":"service","app":"god33"}"#.into()),
            agent_context: None,
            chain_id: None,
            traceparent: None,
            timestamp: None,
        }
    }

    /// The id of the event with this number, from 0. Others than the first end in a tail that no other command's ids have.
    pub fn nth_event_id(&self, number: usize) -> EventId {
        if number == 0 {
            return self.event_id;
        }
        // The last 62 bits of a UUID of version 7 are random: the sums stay as unlikely to meet as the ids themselves.
        let (high, low) = self.event_id.uuid().as_u64_pair();
        let (variant, random) = (low & (0b11 << 62), low & !(0b11 << 62));
        let next = random.wrapping_add(number as u64) & !(0b11 << 62);
        EventId::new(Uuid::from_u64_pair(high, variant | next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_one_command_have_ids_of_their_own_that_are_always_the_same() {
        let author = Author::server();
        let ids: Vec<EventId> = (0..100).map(|number| author.nth_event_id(number)).collect();
        let distinct: std::collections::HashSet<EventId> = ids.iter().copied().collect();
        assert_eq!((ids[0], distinct.len()), (author.event_id, 100));
        assert_eq!(author.nth_event_id(7), ids[7]);
        assert!(
            ids.iter().all(|id| id.uuid().get_version_num() == 7 && id.uuid().get_variant() == uuid::Variant::RFC4122)
        );
    }
}
