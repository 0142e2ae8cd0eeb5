//! Reads a body by its family's row.

use god33_domain::{Envelope, EventId, EventType, JsonText, Limits, Timestamp};

use super::family::{Family, Names, PayloadAt, SourceAt};
use super::values;
use crate::members::{Members, object, read_text};
use crate::raw_message::RawMessage;

/// A message and the circumstances in which it is read.
pub struct Arrival<'a> {
    /// The message.
    pub message: &'a RawMessage,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What is too much.
    pub limits: &'a Limits,
}

/// An envelope, and what of it the message did not say.
pub struct ReadEnvelope {
    /// The envelope.
    pub envelope: Envelope,
    /// The body names no event id that is a UUID.
    pub id_synthesized: bool,
    /// The time is that of the arrival.
    pub timestamp_synthesized: bool,
}

/// The greatest length of the shared id of a chain, and of a trace context, in characters.
const TEXT_LIMIT: usize = 255;
/// The greatest length of a version, in characters.
const VERSION_LIMIT: usize = 64;

/// Reads a body. `None` when neither it nor the routing key names an event type.
///
/// What a field cannot hold as it is (a text that is too long, a value of another type, an id that is no UUID) is not taken, and
/// so becomes an extension.
pub fn read(family: &Family, mut members: Members<'_>, body: &JsonText, at: &Arrival<'_>) -> Option<ReadEnvelope> {
    let event_type = read_type(family, &mut members, at)?;
    let own_id = members.take(family.id, values::uuid);
    let id = own_id.unwrap_or_else(|| substitute_id(family, &members, at));
    let time = read_time(family, &mut members);
    let version = members.take(family.version, |json| values::plain_text(json, VERSION_LIMIT));
    let source = read_source(family, &mut members);
    let correlation_ids = read_parents(family, &mut members, at.limits);
    let causation_id = members.take(family.causation, values::uuid).or_else(|| foreign_id(family.causation, &members));
    let chain_id = members.take(family.chain, |json| values::plain_text(json, TEXT_LIMIT));
    let traceparent = read_traceparent(family, &mut members);
    let agent_context = members.take(family.agent_context, values::object_text);
    let (payload, extensions) = read_payload(family, members, body);
    let envelope = Envelope {
        event_id: id,
        event_type,
        timestamp: time.unwrap_or(at.received_at),
        version: version.unwrap_or_else(|| "1.0.0".to_owned()),
        source,
        correlation_ids,
        causation_id,
        chain_id,
        traceparent,
        agent_context,
        payload,
        custom: false,
        extensions,
    };
    Some(ReadEnvelope { envelope, id_synthesized: own_id.is_none(), timestamp_synthesized: time.is_none() })
}

fn read_type(family: &Family, members: &mut Members<'_>, at: &Arrival<'_>) -> Option<EventType> {
    let own = members.take(family.event_type, |json| EventType::from_bus(&read_text(json)?));
    own.or_else(|| EventType::from_bus(&at.message.routing_key))
}

/// The id of an event whose body names none that is a UUID.
fn substitute_id(family: &Family, members: &Members<'_>, at: &Arrival<'_>) -> EventId {
    foreign_id(family.id, members)
        .or_else(|| values::message_id(at.message.message_id.as_deref()?))
        .unwrap_or_else(|| EventId::from_content(&at.message.routing_key, &at.message.body))
}

/// The id derived from the text that one of these members names an event by. The member itself stays an extension.
fn foreign_id(names: Names, members: &Members<'_>) -> Option<EventId> {
    names.iter().find_map(|name| values::event_id(members.get(name)?))
}

fn read_time(family: &Family, members: &mut Members<'_>) -> Option<Timestamp> {
    let own = members.take(family.time, values::time);
    own.or_else(|| family.time.iter().find_map(|path| members.get(path).and_then(values::time)))
}

fn read_source(family: &Family, members: &mut Members<'_>) -> JsonText {
    match family.source {
        SourceAt::Member(names) => members.take(names, values::source).unwrap_or_else(JsonText::empty_object),
        SourceAt::Gathered(names) => {
            let there = names.iter().filter_map(|name| Some((*name, members.get(name)?)));
            JsonText::from_trusted(object(there))
        }
    }
}

fn read_parents(family: &Family, members: &mut Members<'_>, limits: &Limits) -> Vec<EventId> {
    let whole = |json| values::parents(json, limits.parents).filter(|parents| parents.complete);
    if let Some(parents) = members.take(family.parents, whole) {
        return parents.ids;
    }
    // Of a list that holds more, or other things, the causes count, and the list itself stays an extension.
    let some = family.parents.iter().find_map(|name| values::parents(members.get(name)?, limits.parents));
    some.map(|parents| parents.ids).unwrap_or_default()
}

fn read_traceparent(family: &Family, members: &mut Members<'_>) -> Option<String> {
    let own = members.take(family.traceparent, |json| values::plain_text(json, TEXT_LIMIT));
    own.or_else(|| members.get("trace_context").and_then(values::traceparent))
}

fn read_payload(family: &Family, mut members: Members<'_>, body: &JsonText) -> (JsonText, Option<JsonText>) {
    let PayloadAt::Member(names) = family.payload else { return (body.clone(), None) };
    let found = names.iter().find_map(|name| Some((name, members.get(name)?)));
    let (name, payload) = found.map_or(("", "null"), |(name, json)| (*name, json));
    members.mark_taken(name);
    let rest: Vec<(&str, &str)> = members.rest().collect();
    let extensions = (!rest.is_empty()).then(|| JsonText::from_trusted(object(rest)));
    (JsonText::from_trusted(payload.to_owned()), extensions)
}
