#![allow(clippy::unwrap_used)]
use god33_domain::{Belonging, Digest, EnvelopeFamily, EventId, EventType, JsonText, Position, Timestamp, WorkflowId};

use super::*;

fn event() -> RecordedEvent {
    let text = |json: &str| JsonText::parse(json).unwrap();
    let envelope = Envelope {
        event_id: EventId::generate(),
        event_type: EventType::from_bus("fireflies.transcriptReady").unwrap(),
        timestamp: Timestamp::new(-1, 999_999_999).unwrap(),
        version: "2".into(),
        source: text(r#"{"host":"h","type":"webhook"}"#),
        correlation_ids: vec![EventId::generate(), EventId::generate()],
        causation_id: Some(EventId::generate()),
        chain_id: Some("chain".into()),
        traceparent: Some("00-1-2-03".into()),
        agent_context: Some(text(r#"{"type":"letta"}"#)),
        payload: text("[1]"),
        custom: false,
        extensions: Some(text(r#"{ "x": 1 }"#)),
    };
    RecordedEvent {
        envelope,
        position: Position::new(7),
        recorded_at: Timestamp::new(5, 1_000).unwrap(),
        belonging: Belonging {
            workflow_id: Some(WorkflowId::parse("w").unwrap()),
            session_id: None,
            agent: None,
            ..Belonging::default()
        },
        digest: Digest::new([9; 32]),
        principal: "bus".into(),
        bus: None,
    }
}

#[test]
fn every_field_of_an_event_is_told() {
    let event = event();
    let told = to_proto(&event);
    let envelope = told.envelope.unwrap();
    assert_eq!(envelope.event_id, event.id().to_string());
    assert_eq!(envelope.event_type, "fireflies.transcriptReady");
    assert_eq!(envelope.timestamp, Some(prost_types::Timestamp { seconds: -1, nanos: 999_999_999 }));
    assert_eq!(envelope.correlation_ids.len(), 2);
    assert_eq!(envelope.causation_id, event.envelope.causation_id.unwrap().to_string());
    assert_eq!((envelope.chain_id.as_str(), envelope.traceparent.as_str()), ("chain", "00-1-2-03"));
    assert_eq!(envelope.source.unwrap().r#type, "webhook");
    assert_eq!(envelope.agent_context.unwrap().r#type, "letta");
    assert_eq!(envelope.unknown_members, r#"{ "x": 1 }"#);
    assert_eq!((told.position, told.workflow_id.as_str(), told.session_id.as_str()), (7, "w", ""));
    assert_eq!(told.recorded_at, Some(prost_types::Timestamp { seconds: 5, nanos: 1_000 }));
    assert_eq!((told.digest.as_ref(), told.principal.as_str()), ([9; 32].as_slice(), "bus"));
    assert_eq!(envelope.bus, None);
}

#[test]
fn a_source_that_is_no_object_is_told_among_the_unknown_members() {
    let mut event = event();
    event.envelope.source = JsonText::parse("\"cron\"").unwrap();
    event.envelope.agent_context = Some(JsonText::parse("7").unwrap());
    let told = envelope(&event);
    assert_eq!((told.source, told.agent_context), (None, None));
    assert_eq!(told.unknown_members, r#"{ "x": 1 ,"source":"cron","agent_context":7}"#);
    event.envelope.extensions = None;
    assert_eq!(envelope(&event).unknown_members, r#"{"source":"cron","agent_context":7}"#);
}

#[test]
fn how_an_event_travelled_is_told() {
    let mut event = event();
    event.bus = Some(BusMetadata {
        exchange: "e".into(),
        routing_key: "r".into(),
        message_id: Some("m".into()),
        content_type: None,
        headers: Some(serde_json::json!({"x-a": 1})),
        family: EnvelopeFamily('C'),
        id_synthesized: true,
        timestamp_synthesized: false,
    });
    let bus = envelope(&event).bus.unwrap();
    assert_eq!((bus.exchange.as_str(), bus.routing_key.as_str(), bus.message_id.as_deref()), ("e", "r", Some("m")));
    assert_eq!((bus.headers.as_str(), bus.envelope_family.as_str()), (r#"{"x-a":1}"#, "C"));
    assert_eq!((bus.content_type, bus.id_synthesized, bus.timestamp_synthesized), (None, true, false));
}
