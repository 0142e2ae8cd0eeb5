//! Events of the log, for clients.

use god33_domain::{BusMetadata, Envelope, RecordedEvent};
use god33_proto::v1;

use super::json::{Cursor, quote};
use super::{payload, source, time};

/// An event in its place in the log.
pub(crate) fn to_proto(event: &RecordedEvent) -> v1::RecordedEvent {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    v1::RecordedEvent {
        envelope: Some(envelope(event)),
        position: event.position.get(),
        recorded_at: Some(time::to_proto(event.recorded_at)),
        workflow_id: text(event.workflow_id().map(|id| id.as_str())),
        session_id: text(event.session_id().map(|id| id.as_str())),
        agent: text(event.agent().map(|id| id.as_str())),
        digest: event.digest.as_bytes().to_vec().into(),
        principal: event.principal.clone(),
    }
}

fn envelope(event: &RecordedEvent) -> v1::EventEnvelope {
    let envelope = &event.envelope;
    let source = source::from_json(&envelope.source);
    let agent_context = envelope.agent_context.as_ref().and_then(source::from_json);
    let unknown_members = unknown_members(envelope, source.is_some(), agent_context.is_some());
    v1::EventEnvelope {
        event_id: envelope.event_id.to_string(),
        event_type: envelope.event_type.as_str().to_owned(),
        timestamp: Some(time::to_proto(envelope.timestamp)),
        version: envelope.version.clone(),
        source,
        correlation_ids: envelope.correlation_ids.iter().map(ToString::to_string).collect(),
        agent_context: agent_context.map(Box::new),
        payload: Some(payload::to_proto(envelope)),
        chain_id: envelope.chain_id.clone().unwrap_or_default(),
        causation_id: envelope.causation_id.map(|id| id.to_string()).unwrap_or_default(),
        traceparent: envelope.traceparent.clone().unwrap_or_default(),
        unknown_members,
        bus: event.bus.as_ref().map(bus).map(Box::new),
    }
}

/// The members that no field holds: those that nobody declared, and a source or agent context that is no object.
fn unknown_members(envelope: &Envelope, has_source: bool, has_agent_context: bool) -> String {
    let mut text = envelope.extensions.as_ref().map(|json| json.as_str().to_owned()).unwrap_or_default();
    if !has_source {
        add_member(&mut text, "source", envelope.source.as_str());
    }
    if let Some(context) = envelope.agent_context.as_ref().filter(|_| !has_agent_context) {
        add_member(&mut text, "agent_context", context.as_str());
    }
    text
}

fn add_member(object: &mut String, name: &str, value: &str) {
    let is_empty = {
        let mut cursor = Cursor::new(object);
        !(cursor.take(b'{') && cursor.peek().is_ok_and(|next| next != b'}'))
    };
    match object.rfind('}') {
        Some(end) if !is_empty => {
            object.truncate(end);
            object.push(',');
        }
        _ => *object = "{".to_owned(),
    }
    quote(name, object);
    object.push(':');
    object.push_str(value);
    object.push('}');
}

fn bus(bus: &BusMetadata) -> v1::BusMetadata {
    v1::BusMetadata {
        exchange: bus.exchange.clone(),
        routing_key: bus.routing_key.clone(),
        message_id: bus.message_id.clone(),
        headers: bus.headers.as_ref().map(ToString::to_string).unwrap_or_default(),
        content_type: bus.content_type.clone(),
        envelope_family: bus.family.0.to_string(),
        id_synthesized: bus.id_synthesized,
        timestamp_synthesized: bus.timestamp_synthesized,
    }
}

#[cfg(test)]
mod tests;
