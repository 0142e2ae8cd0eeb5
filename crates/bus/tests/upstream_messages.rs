//! Every message of the estate becomes an event with nothing lost, and so do the edge cases E1 to E7.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::upstream::{Expected, UPSTREAM, id, read, read_at};
use god33_bus::{RawMessage, render};
use god33_domain::{Envelope, EventId, NewEvent, Timestamp};

/// The family A envelope that the edge cases vary.
fn edge(changes: &str) -> String {
    format!(
        r#"{{"event_id":"123e4567-e89b-12d3-a456-426614174000","event_type":"edge.case","timestamp":"2026-01-11T14:30:00Z","version":"1.0.0","source":{{"host":"h","type":"agent","app":"a","meta":null}},"correlation_ids":[],"agent_context":null,"payload":{{}},{changes}}}"#
    )
}

fn edge_event(changes: &str) -> NewEvent {
    read("edge.case", &edge(changes)).unwrap()
}

#[test]
fn every_upstream_file_is_read_as_the_estate_means_it() {
    let keys = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/upstream/routing-keys.json")).unwrap();
    let keys: Vec<(String, String)> = serde_json::from_slice(&keys).unwrap();
    let rows = UPSTREAM.iter().map(|row| (row.file.to_owned(), row.routing_key.to_owned()));
    assert_eq!(keys, rows.collect::<Vec<_>>(), "every file beside this test has a row in the table");
    for expected in &UPSTREAM {
        let event =
            read_at(&expected.message(), "2026-12-01T00:00:00Z").unwrap_or_else(|q| panic!("{}: {q:?}", expected.file));
        check(expected, &event);
    }
}

fn check(expected: &Expected, event: &NewEvent) {
    let (file, bus, envelope) = (expected.file, event.bus.as_ref().unwrap(), &event.envelope);
    assert_eq!(bus.family.0, expected.family, "{file}");
    let derived = EventId::from_content(expected.routing_key, &expected.body());
    assert_eq!(envelope.event_id, expected.id.map_or(derived, id), "{file}");
    assert_eq!(bus.id_synthesized, expected.id.is_none(), "{file}");
    assert_eq!(envelope.event_type.as_str(), expected.event_type, "{file}");
    assert_eq!(bus.routing_key, expected.routing_key, "{file}");
    let time = expected.time.unwrap_or("2026-12-01T00:00:00Z");
    assert_eq!(envelope.timestamp, Timestamp::parse(time).unwrap(), "{file}");
    assert_eq!(bus.timestamp_synthesized, expected.time.is_none(), "{file}");
    assert_eq!(event.parents, expected.parents.iter().map(|text| id(text)).collect::<Vec<_>>(), "{file}");
    assert_eq!(envelope.chain_id.as_deref(), expected.chain, "{file}");
    assert_eq!(event.said.workflow_id.as_ref().map(|id| id.as_str()), expected.workflow, "{file}");
    assert_eq!(event.said.session_id.as_ref().map(|id| id.as_str()), expected.session, "{file}");
    assert_eq!(event.said.agent.as_ref().map(|id| id.as_str()), expected.agent, "{file}");
    assert_eq!(envelope.source.read::<serde_json::Value>().unwrap(), source_of(expected), "{file}");
    assert_eq!(event.original.as_deref(), Some(expected.body().as_slice()), "{file}");
    check_nothing_lost(expected, event);
}

/// The source as it stands in the body: verbatim when it is an object, lifted when it is a text.
fn source_of(expected: &Expected) -> serde_json::Value {
    let body: serde_json::Value = serde_json::from_slice(&expected.body()).unwrap();
    match (expected.family, &body["source"], &body["producer"]) {
        ('I', ..) => {
            serde_json::json!({"agent_id": body["agent_id"], "repo": body["repo"], "source_pid": body["source_pid"]})
        }
        ('J', _, serde_json::Value::String(text)) | (_, serde_json::Value::String(text), _) => {
            serde_json::json!({"app": text, "original": text})
        }
        (_, serde_json::Value::Null, _) => serde_json::json!({}),
        (_, source, _) => source.clone(),
    }
}

/// Each member of the body is a field of the envelope, an extension, or in the payload.
fn check_nothing_lost(expected: &Expected, event: &NewEvent) {
    let body: serde_json::Value = serde_json::from_slice(&expected.body()).unwrap();
    let payload: serde_json::Value = event.envelope.payload.read().unwrap();
    let extensions: serde_json::Value =
        event.envelope.extensions.as_ref().map_or(serde_json::Value::Null, |json| json.read().unwrap());
    if payload == body {
        assert_eq!(extensions, serde_json::Value::Null, "{}", expected.file);
        return;
    }
    for (name, value) in body.as_object().unwrap() {
        let kept = expected.fields.contains(&name.as_str()) || extensions.get(name) == Some(value) || value.is_null();
        assert!(kept, "{}: {name} is lost", expected.file);
        assert!(
            !expected.fields.contains(&name.as_str()) || extensions.get(name).is_none(),
            "{}: {name} is kept twice",
            expected.file
        );
    }
}

#[test]
fn e1_a_nul_character_in_the_payload_survives() {
    let event = edge_event(r#""payload":{"t":"a\u0000b"}"#);
    assert_eq!(event.envelope.payload.as_str(), r#"{"t":"a\u0000b"}"#);
}

#[test]
fn e2_a_time_without_a_zone_is_utc() {
    let event = edge_event(r#""timestamp":"2026-01-11T14:30:00""#);
    assert_eq!(event.envelope.timestamp, Timestamp::parse("2026-01-11T14:30:00Z").unwrap());
    assert!(!event.bus.unwrap().timestamp_synthesized);
}

#[test]
fn e3_a_workflow_id_is_any_text() {
    let event = edge_event(r#""payload":{"workflow_id":"Gjb9aPqfpAjLhe9z"}"#);
    assert_eq!(event.said.workflow_id.unwrap().as_str(), "Gjb9aPqfpAjLhe9z");
}

#[test]
fn e4_a_payload_is_any_json_value() {
    for payload in ["[1,2]", "7", "\"text\"", "true", "null", "1e400", " [ 1 ] "] {
        assert_eq!(
            edge_event(&format!("\"payload\":{payload}")).envelope.payload.as_str(),
            payload.trim(),
            "{payload}"
        );
    }
}

#[test]
fn e5_an_id_that_is_no_uuid_always_gives_the_same_id_and_is_kept() {
    let body = edge("").replace("123e4567-e89b-12d3-a456-426614174000", "evt-2026-01-11-0001").replace(",}", "}");
    let event = read("edge.case", &body).unwrap();
    assert_eq!(event.envelope.event_id, EventId::from_foreign("evt-2026-01-11-0001"));
    assert!(event.bus.as_ref().unwrap().id_synthesized);
    assert_eq!(event.envelope.extensions.as_ref().unwrap().as_str(), r#"{"event_id":"evt-2026-01-11-0001"}"#);
    let again = read("edge.case", &body).unwrap();
    assert_eq!((again.envelope.event_id, again.digest), (event.envelope.event_id, event.digest));
    // Whoever reads what god33 renders of it meets the id under which it is recorded, and no other.
    let rendered = read("edge.case", &render(&event.envelope)).unwrap();
    assert_eq!(rendered.envelope, Envelope { extensions: None, ..event.envelope });
    assert!(!rendered.bus.unwrap().id_synthesized);
}

#[test]
fn causes_that_are_no_uuids_count_and_are_kept_as_they_are() {
    let causes = r#""correlation_ids":["0f4b7d5e-2c3a-4b1d-9e8f-7a6b5c4d3e2f","evt-1"],"causation_id":"evt-2""#;
    let event = edge_event(causes);
    assert_eq!(event.parents, [id("0f4b7d5e-2c3a-4b1d-9e8f-7a6b5c4d3e2f"), id("evt-1"), id("evt-2")]);
    // The first `correlation_ids`, which the second overrides, is among them too: nothing is lost.
    assert!(event.envelope.extensions.as_ref().unwrap().as_str().ends_with(&format!("{causes}}}")));
    let rendered = read("edge.case", &render(&event.envelope)).unwrap();
    assert_eq!(rendered.parents, event.parents);
}

#[test]
fn of_two_ids_the_uuid_counts_and_the_text_stays_an_extension() {
    let uuid = "0f4b7d5e-2c3a-4b1d-9e8f-7a6b5c4d3e2f";
    let body = format!(r#"{{"id":"msg-1","event_id":"{uuid}","ts":1760286300,"event_type":"llm.prompt","data":{{}}}}"#);
    let event = read("llm.prompt", &body).unwrap();
    assert_eq!((event.envelope.event_id, event.bus.unwrap().id_synthesized), (id(uuid), false));
    assert_eq!(event.envelope.extensions.unwrap().as_str(), r#"{"id":"msg-1"}"#);
}

#[test]
fn e6_a_time_is_also_a_number_of_milliseconds() {
    let event = edge_event(r#""timestamp":1760286300000"#);
    assert_eq!(event.envelope.timestamp, Timestamp::parse("2025-10-12T16:25:00Z").unwrap());
}

#[test]
fn e7_unknown_members_of_the_envelope_are_kept() {
    let event = edge_event(r#""trace_id":"trace-1","idempotency_key":"sha256:1","n": 9007199254740993.0"#);
    assert_eq!(event.envelope.chain_id.as_deref(), Some("trace-1"));
    assert_eq!(event.envelope.extensions.unwrap().as_str(), r#"{"idempotency_key":"sha256:1","n":9007199254740993.0}"#);
}

#[test]
fn a_redelivery_of_a_message_without_id_is_the_same_event() {
    let body = r#"{"event_type":"holocene.priority.updated","payload":{"x":1}}"#;
    let first = read_at(&RawMessage::new("x", "holocene.priority.updated", body), "2026-01-01T00:00:00Z").unwrap();
    let again = read_at(&RawMessage::new("x", "holocene.priority.updated", body), "2026-01-02T00:00:00Z").unwrap();
    assert_eq!(first.envelope.event_id, again.envelope.event_id);
    assert_eq!(first.digest, again.digest);
}
