//! What travels between god33 and the bus, whichever bus it is.

use bytes::Bytes;
use god33_domain::ports::{Inbound, OutboundMessage};
use god33_domain::{Limits, NewEvent, QuarantinedMessage, Timestamp};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{RawMessage, normalise, render};

/// The header that names the store whose log a message comes from.
pub const STORE_HEADER: &str = "x-god33-store";
/// The header that says where in that log the event stands.
pub const POSITION_HEADER: &str = "x-god33-position";

/// The greatest length of a routing key in AMQP, in bytes.
const ROUTING_KEY_LIMIT: usize = 255;

/// Reads a message that came in. One that says it comes out of the own log is an echo: only the log can tell whether it does.
pub fn incoming(message: &RawMessage, received_at: Timestamp, store_id: Uuid, limits: &Limits) -> Inbound {
    let from = message.header(STORE_HEADER).and_then(|text| Uuid::parse_str(text).ok());
    match normalise(message, received_at, limits) {
        Ok(event) if from == Some(store_id) => Inbound::Echo(Box::new(event)),
        Ok(event) => Inbound::Event(Box::new(event)),
        Err(quarantined) => Inbound::Unreadable(quarantined),
    }
}

/// Reads a message out of quarantine. It came when it came: an event without a time of its own has that of its arrival, however often
/// it is read.
pub fn again(message: &QuarantinedMessage, limits: &Limits) -> Result<Box<NewEvent>, Box<QuarantinedMessage>> {
    let raw = RawMessage::out_of_quarantine(message);
    normalise(&raw, message.received_at, limits).map(Box::new).map_err(Box::new)
}

/// How many of these messages count as taken in: all but the echoes.
pub fn taken_in(messages: &[Inbound]) -> usize {
    messages.iter().filter(|message| !matches!(message, Inbound::Echo(_))).count()
}

/// Writes an event as the message that goes out.
pub fn outgoing(message: &OutboundMessage, store_id: Uuid, exchange: &str) -> RawMessage {
    let event = &message.event;
    let routing_key = event.bus.as_ref().map_or(event.envelope.event_type.as_str(), |bus| &bus.routing_key);
    let mut properties = Map::from_iter([("content_encoding".to_owned(), json!("utf-8"))]);
    if let Ok(seconds) = u64::try_from(event.envelope.timestamp.seconds()) {
        properties.insert("timestamp".into(), json!(seconds));
    }
    RawMessage {
        exchange: exchange.to_owned(),
        routing_key: fitting(routing_key).to_owned(),
        body: Bytes::from(render(&event.envelope)),
        message_id: Some(message.id().to_string()),
        content_type: Some("application/json".to_owned()),
        headers: Some(headers(store_id, message.position().get())),
        properties,
    }
}

fn headers(store_id: Uuid, position: u64) -> Value {
    json!({ STORE_HEADER: store_id.to_string(), POSITION_HEADER: position })
}

/// The routing key as far as AMQP can carry it: whole segments where possible. The body has the whole type.
fn fitting(routing_key: &str) -> &str {
    let mut end = routing_key.len().min(ROUTING_KEY_LIMIT);
    while !routing_key.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &routing_key[..end];
    if end == routing_key.len() { cut } else { cut.rsplit_once('.').map_or(cut, |(segments, _)| segments) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_routing_key_that_is_too_long_loses_its_last_segments() {
        assert_eq!(fitting("asset.created"), "asset.created");
        let exact = "a".repeat(255);
        assert_eq!(fitting(&exact), exact);
        let long = format!("{}.{}", "a".repeat(200), "b".repeat(100));
        assert_eq!(fitting(&long), "a".repeat(200));
        assert_eq!(fitting(&"ü".repeat(200)), "ü".repeat(127));
    }
}
