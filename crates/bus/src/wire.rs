//! What travels between god33 and the bus, whichever bus it is.

use bytes::Bytes;
use god33_domain::ports::{Inbound, OutboundMessage, ReplayedMessage};
use god33_domain::{BusMetadata, Limits, NewEvent, QuarantinedMessage, RecordedEvent, Timestamp};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{RawMessage, normalise, render};

/// The header that names the store whose log a message comes from.
pub const STORE_HEADER: &str = "x-god33-store";
/// The header that says where in that log the event stands.
pub const POSITION_HEADER: &str = "x-god33-position";

/// The header that names the replay by which an event is sent once more.
pub const REPLAY_HEADER: &str = "x-god33-replay";

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
    rendered(&message.event, store_id, exchange)
}

/// Writes an event as the message that a replay sends: as it travelled the first time, marked in headers.
pub fn replayed(message: &ReplayedMessage, store_id: Uuid, exchange: &str) -> RawMessage {
    let event = &message.event;
    let as_it_came = event.bus.as_ref().zip(message.original.as_ref());
    let as_it_came = as_it_came.map(|(bus, body)| as_it_came_in(bus, body.clone(), exchange));
    let mut raw = as_it_came
        .filter(|raw| comes_back_as_itself(raw, event))
        .unwrap_or_else(|| rendered(event, store_id, exchange));
    let mut headers = raw.headers.take().and_then(into_object).unwrap_or_default();
    headers.extend(marks(store_id, event.position.get()));
    headers.insert(REPLAY_HEADER.into(), json!(message.replay_id.to_string()));
    raw.headers = Some(Value::Object(headers));
    raw
}

/// A message from the bus, as far as is kept how it travelled.
fn as_it_came_in(bus: &BusMetadata, body: Bytes, exchange: &str) -> RawMessage {
    RawMessage {
        message_id: bus.message_id.clone(),
        content_type: bus.content_type.clone(),
        headers: bus.headers.clone(),
        ..RawMessage::new(exchange, fitting(&bus.routing_key), body)
    }
}

/// True when whoever reads the message gets the event under the id that it is recorded by. An id that was derived from a routing key with
/// characters that no log can show would be another one: then the envelope, which names the id, is sent instead.
fn comes_back_as_itself(raw: &RawMessage, event: &RecordedEvent) -> bool {
    if !event.bus.as_ref().is_some_and(|bus| bus.id_synthesized) {
        return true;
    }
    let limits = Limits { bus_message_bytes: usize::MAX, ..Limits::default() };
    normalise(raw, event.recorded_at, &limits).is_ok_and(|read| read.envelope.event_id == event.id())
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(object) = value { Some(object) } else { None }
}

fn rendered(event: &RecordedEvent, store_id: Uuid, exchange: &str) -> RawMessage {
    let routing_key = event.bus.as_ref().map_or(event.envelope.event_type.as_str(), |bus| &bus.routing_key);
    let mut properties = Map::from_iter([("content_encoding".to_owned(), json!("utf-8"))]);
    if let Ok(seconds) = u64::try_from(event.envelope.timestamp.seconds()) {
        properties.insert("timestamp".into(), json!(seconds));
    }
    RawMessage {
        exchange: exchange.to_owned(),
        routing_key: fitting(routing_key).to_owned(),
        body: Bytes::from(render(&event.envelope)),
        message_id: Some(event.id().to_string()),
        content_type: Some("application/json".to_owned()),
        headers: Some(Value::Object(marks(store_id, event.position.get()))),
        properties,
    }
}

/// Which log an event comes from, and where it stands there.
fn marks(store_id: Uuid, position: u64) -> Map<String, Value> {
    Map::from_iter([
        (STORE_HEADER.to_owned(), json!(store_id.to_string())),
        (POSITION_HEADER.to_owned(), json!(position)),
    ])
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
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::sync::Arc;

    use god33_domain::replay::ReplayId;
    use god33_domain::{Belonging, Position};

    use super::*;

    fn recorded(message: &RawMessage) -> RecordedEvent {
        let new = normalise(message, Timestamp::now(), &Limits::default()).unwrap();
        RecordedEvent {
            envelope: new.envelope,
            position: Position::new(7),
            recorded_at: Timestamp::now(),
            belonging: Belonging::default(),
            digest: new.digest,
            principal: "bus".into(),
            bus: new.bus,
        }
    }

    #[test]
    fn what_came_from_the_bus_is_sent_as_it_came_unless_it_would_get_another_id() {
        let store_id = Uuid::new_v4();
        for (routing_key, as_it_came) in [("some.tool.ran", true), ("some\u{1}tool.ran", false)] {
            let message = RawMessage {
                headers: Some(json!({"their": "own", "flag": true, STORE_HEADER: "another"})),
                ..RawMessage::new("anywhere", routing_key, "{\"event_type\": \"some.tool.ran\",  \"n\": 1}")
            };
            let event = Arc::new(recorded(&message));
            let (replay_id, original) = (ReplayId::generate(), Some(message.body.clone()));
            let sent = replayed(&ReplayedMessage { replay_id, event: event.clone(), original }, store_id, "elsewhere");
            assert_eq!(sent.body == message.body, as_it_came);
            assert_eq!(sent.exchange, "elsewhere");
            let headers = sent.headers.clone().unwrap();
            assert_eq!(headers[STORE_HEADER], store_id.to_string());
            assert_eq!(
                (&headers[POSITION_HEADER], &headers[REPLAY_HEADER]),
                (&json!(7), &json!(replay_id.to_string()))
            );
            assert_eq!(headers.get("their").is_some(), as_it_came);
            match incoming(&sent, Timestamp::now(), store_id, &Limits::default()) {
                Inbound::Echo(back) => assert_eq!(back.envelope.event_id, event.id()),
                other => panic!("{other:?}"),
            }
        }
    }

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
