//! What a client says about one event.

use god33_domain::{Envelope, EventId, EventType, JsonText, Limits, NewEvent, Timestamp, Violation, ViolationKind};
use god33_proto::v1::{ErrorReason, EventEnvelope};

use super::json::additional;
use super::path::Path;
use super::violations::Violations;
use super::{id, payload, source, time};
use crate::Principal;

/// What an envelope is read with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// Who sends it.
    pub(crate) principal: &'a Principal,
    /// What it is checked against.
    pub(crate) limits: &'a Limits,
    /// The server's clock, for events without a time.
    pub(crate) now: Timestamp,
}

/// An event that a client sent, valid but for what the log knows.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// The event.
    pub(crate) event: NewEvent,
    /// Its sender chose its id.
    pub(crate) has_own_id: bool,
}

/// The greatest size of everything beside the payload that is kept as text.
const TEXTS: [&str; 3] = ["source", "agent_context", "unknown_members"];

/// Reads an envelope. `None` when something is wrong, all of which is noted.
pub(crate) fn parse(
    envelope: &EventEnvelope,
    context: Context<'_>,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<Parsed> {
    let before = found.len();
    let event_id = id::optional_event_id(&envelope.event_id, &at.member("event_id"), found);
    let event_type = event_type(&envelope.event_type, context.limits, &at.member("event_type"), found);
    let timestamp = time::parse(envelope.timestamp.as_ref(), &at.member("timestamp"), found);
    let source = match &envelope.source {
        Some(source) => source::to_json(source, &at.member("source"), found),
        None => Some(source::of_caller(context.principal)),
    };
    let correlation_ids = id::event_ids(&envelope.correlation_ids, &at.member("correlation_ids"), found);
    let causation_id = id::optional_event_id(&envelope.causation_id, &at.member("causation_id"), found);
    let agent_context = envelope.agent_context.as_deref();
    let agent_context = agent_context.and_then(|agent| source::to_json(agent, &at.member("agent_context"), found));
    let payload = payload::parse(&envelope.event_type, envelope.payload.as_ref(), &at.member("payload"), found);
    let extensions = extensions(envelope, &at.member("unknown_members"), found);
    if envelope.bus.is_some() {
        found.add(&at.member("bus"), ErrorReason::OutputOnlyField, "is set by the server: leave it empty");
    }
    if found.len() > before {
        return None;
    }
    let payload = payload?;
    let parsed = Envelope {
        event_id: event_id.unwrap_or_else(EventId::generate),
        event_type: event_type?,
        timestamp: timestamp.unwrap_or(context.now),
        version: or(&envelope.version, "1.0.0"),
        source: source?,
        correlation_ids,
        causation_id,
        chain_id: non_empty(&envelope.chain_id),
        traceparent: non_empty(&envelope.traceparent),
        agent_context,
        payload: payload.json,
        custom: payload.custom,
        extensions,
    };
    check_texts(&parsed, context.limits, at, found);
    let event = prepare(parsed, envelope.timestamp.is_none(), context.limits, at, found)?;
    (found.len() == before).then_some(Parsed { event, has_own_id: event_id.is_some() })
}

fn prepare(
    envelope: Envelope,
    server_time: bool,
    limits: &Limits,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<NewEvent> {
    match NewEvent::from_client(envelope, server_time, limits) {
        Ok(event) => Some(event),
        Err(invalid) => {
            invalid.0.iter().for_each(|violation| note(violation, limits, at, found));
            None
        }
    }
}

/// Passes on what the domain says is wrong.
pub(crate) fn note(violation: &Violation, limits: &Limits, at: &Path<'_>, found: &mut Violations) {
    let limit = |limit: usize| vec![("limit", limit.to_string())];
    let (reason, details) = match violation.kind {
        ViolationKind::Field => (ErrorReason::InvalidField, Vec::new()),
        ViolationKind::PayloadTooLarge => (ErrorReason::PayloadTooLarge, limit(limits.payload_bytes)),
        ViolationKind::TooManyParents => (ErrorReason::TooManyParents, limit(limits.parents)),
        ViolationKind::SelfCausation => (ErrorReason::SelfCausation, Vec::new()),
    };
    found.add_with(&at.member(&violation.field), reason, violation.message.clone(), details);
}

fn event_type(text: &str, limits: &Limits, at: &Path<'_>, found: &mut Violations) -> Option<EventType> {
    found.keep(at, ErrorReason::InvalidEventType, EventType::parse(text, limits.event_type_chars))
}

/// What is kept beside the payload may be as large as the payload, each.
fn check_texts(envelope: &Envelope, limits: &Limits, at: &Path<'_>, found: &mut Violations) {
    let texts = [Some(&envelope.source), envelope.agent_context.as_ref(), envelope.extensions.as_ref()];
    for (name, text) in TEXTS.iter().zip(texts) {
        if let Some(text) = text {
            check_size(text, limits.payload_bytes, &at.member(name), found);
        }
    }
}

/// Notes that a text is larger than allowed.
pub(crate) fn check_size(text: &JsonText, limit: usize, at: &Path<'_>, found: &mut Violations) {
    let size = text.as_str().len();
    if size > limit {
        let description = format!(
            "is {size} bytes of JSON and the limit is {limit}: keep large content elsewhere and send a reference to it"
        );
        let details = vec![("limit", limit.to_string()), ("actual", size.to_string())];
        found.add_with(at, ErrorReason::PayloadTooLarge, description, details);
    }
}

/// The members of an envelope's JSON form that have fields.
const DECLARED: [&str; 11] = [
    "event_id",
    "event_type",
    "timestamp",
    "version",
    "source",
    "correlation_ids",
    "agent_context",
    "payload",
    "chain_id",
    "causation_id",
    "traceparent",
];

/// Reads the members that no field holds. A declared one may stand there only with a value that its field cannot say: null, or for an
/// object anything else than an object.
fn extensions(envelope: &EventEnvelope, at: &Path<'_>, found: &mut Violations) -> Option<JsonText> {
    let text = envelope.unknown_members.as_str();
    if text.is_empty() || additional::object(text, at, found)?.is_empty() {
        return None;
    }
    let members = additional::each_member(text, |name, value| {
        let is_object_field = matches!(name, "source" | "agent_context");
        let cannot_be_said = value == "null" || (is_object_field && !value.starts_with('{'));
        if DECLARED.contains(&name) && !cannot_be_said {
            let description = format!("names \"{name}\", which is declared: put its value into the field");
            found.add(at, ErrorReason::InvalidMemberName, description);
        }
    });
    found.keep(at, ErrorReason::InvalidJson, members.map_err(|_| "is not well-formed JSON"))?;
    Some(JsonText::from_trusted(text.to_owned()))
}

fn or(text: &str, default: &str) -> String {
    if text.is_empty() { default } else { text }.to_owned()
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
