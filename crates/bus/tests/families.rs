//! The families of which no file is at hand, envelopes that hold what they should not, and messages that are no events.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::upstream::{id, read, read_at};
use god33_bus::{RawMessage, normalise};
use god33_domain::{EventId, Limits, NewEvent, QuarantineReason, Timestamp};

const ID: &str = "123e4567-e89b-12d3-a456-426614174000";

fn family(event: &NewEvent) -> char {
    event.bus.as_ref().unwrap().family.0
}

fn extensions(event: &NewEvent) -> &str {
    event.envelope.extensions.as_ref().map_or("", |json| json.as_str())
}

#[test]
fn the_open_api_hybrid_keeps_its_content_under_data() {
    let body = format!(
        r#"{{"id":"{ID}","timestamp":"2026-01-01T00:00:00Z","event_type":"llm.prompt","source":"http/127.0.0.1","correlation_id":"c1","data":{{"a":1}}}}"#
    );
    let event = read("llm.prompt", &body).unwrap();
    assert_eq!((family(&event), event.envelope.event_id), ('C', id(ID)));
    assert_eq!(event.envelope.payload.as_str(), r#"{"a":1}"#);
    assert_eq!(event.envelope.source.as_str(), r#"{"app":"http/127.0.0.1","original":"http/127.0.0.1"}"#);
    assert_eq!((event.envelope.chain_id.as_deref(), extensions(&event)), (Some("c1"), ""));
}

#[test]
fn holocene_names_its_type_in_camel_case() {
    let body = r#"{"eventType":"holocene.viewSaved","timestamp":1760286300,"view":7}"#;
    let event = read("holocene.view.saved", body).unwrap();
    assert_eq!((family(&event), event.envelope.event_type.as_str()), ('L', "holocene.viewSaved"));
    assert_eq!(event.envelope.payload.as_str(), body);
    assert_eq!(event.envelope.timestamp, Timestamp::parse("2025-10-12T16:25:00Z").unwrap());
}

#[test]
fn candybar_names_session_and_agent_in_the_agent_context() {
    let body = format!(
        r#"{{"event_id":"{ID}","event_type":"file.created","source":{{"host":"h","type":"api"}},"correlation_ids":["p1"],"agent_context":{{"agent_name":"candy","session_id":"s1","project":"x"}},"payload":{{}}}}"#
    );
    let event = read("file.created", &body).unwrap();
    assert_eq!((family(&event), event.parents.as_slice()), ('M', [id("p1")].as_slice()));
    assert_eq!(event.said.session_id.unwrap().as_str(), "s1");
    assert_eq!(event.said.agent.unwrap().as_str(), "candy");
}

#[test]
fn the_convergence_envelope_brings_its_trace_context() {
    let (trace, span) = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    let context = format!(r#"{{"trace_id":"{trace}","span_id":"{span}","trace_flags":"01"}}"#);
    let body = format!(
        r#"{{"event_id":"{ID}","event_type":"theboard.meeting.ready.v1","trace_context":{context},"payload":{{}}}}"#
    );
    let event = read("theboard.meeting.ready.v1", &body).unwrap();
    assert_eq!(family(&event), 'N');
    assert_eq!(event.envelope.traceparent, Some(format!("00-{trace}-{span}-01")));
    assert_eq!(extensions(&event), format!(r#"{{"trace_context":{context}}}"#));
}

#[test]
fn json_without_any_envelope_is_content_under_its_routing_key() {
    for body in ["[1,2]", "\"text\"", "7", "null", r#"{"success":true}"#, "{}", r#"{"\ud800":1}"#] {
        let event = read("some.webhook", body).unwrap();
        assert_eq!((family(&event), event.envelope.event_type.as_str()), ('K', "some.webhook"), "{body}");
        assert_eq!(event.envelope.payload.as_str(), body);
        assert!(event.bus.unwrap().id_synthesized);
    }
}

#[test]
fn a_byte_order_mark_and_white_space_around_the_body_do_not_matter() {
    let event = read("some.webhook", "\u{feff} {\"event_type\":\"a.b\",\"payload\":[ 1 ]}\r\n").unwrap();
    assert_eq!(event.envelope.event_type.as_str(), "a.b");
    assert_eq!(event.envelope.payload.as_str(), "[ 1 ]");
    assert!(event.original.unwrap().starts_with("\u{feff}".as_bytes()));
}

#[test]
fn what_a_field_cannot_hold_stays_an_extension() {
    let long = "x".repeat(300);
    let odd = format!(
        r#""version":7,"source":[1],"correlation_ids":["p1",{{"id":2}}],"correlation_id":"{long}","causation_id":5,"traceparent":"a\u0000b","agent_context":"cack","timestamp":{{}}"#
    );
    let event = read("a.b", &format!(r#"{{"event_id":12,"event_type":"x\u0000y",{odd},"payload":{{}}}}"#)).unwrap();
    assert_eq!((family(&event), event.envelope.event_type.as_str()), ('A', "a.b"));
    assert_eq!((event.envelope.version.as_str(), event.envelope.source.as_str()), ("1.0.0", "{}"));
    assert_eq!(event.parents, [id("p1")]);
    assert_eq!((event.envelope.chain_id, event.envelope.causation_id, event.envelope.traceparent), (None, None, None));
    assert_eq!(
        event.envelope.extensions.unwrap().as_str(),
        format!(r#"{{"event_id":12,"event_type":"x\u0000y",{odd}}}"#)
    );
}

#[test]
fn of_two_chain_ids_the_second_stays_an_extension() {
    let event = read("a.b", r#"{"event_type":"a.b","trace_id":"t","correlation_id":"c","payload":1}"#).unwrap();
    assert_eq!(event.envelope.chain_id.as_deref(), Some("c"));
    assert_eq!(extensions(&event), r#"{"trace_id":"t"}"#);
}

#[test]
fn more_causes_than_the_limit_are_kept_but_do_not_count() {
    let causes: Vec<String> = (0..300).map(|n| format!("\"p{n}\"")).collect();
    let list = format!("[{}]", causes.join(","));
    let event = read("a.b", &format!(r#"{{"event_type":"a.b","correlation_ids":{list},"payload":1}}"#)).unwrap();
    assert_eq!(event.parents.len(), Limits::default().parents);
    assert_eq!(extensions(&event), format!(r#"{{"correlation_ids":{list}}}"#));
}

#[test]
fn a_message_id_stands_in_for_a_missing_id_when_it_is_unique() {
    let message = |message_id: &str| RawMessage {
        message_id: Some(message_id.into()),
        ..RawMessage::new("x", "a.b", r#"{"event_type":"a.b","payload":1}"#)
    };
    let at = "2026-01-01T00:00:00Z";
    let unique = read_at(&message("3a217471a2c94405b4d49ffb1be3a41b"), at).unwrap();
    assert_eq!(unique.envelope.event_id, id("3a217471-a2c9-4405-b4d4-9ffb1be3a41b"));
    assert!(unique.bus.unwrap().id_synthesized, "the body named none");
    let counter = read_at(&message("1"), at).unwrap();
    assert_eq!(counter.envelope.event_id, EventId::from_content("a.b", br#"{"event_type":"a.b","payload":1}"#));
    assert_eq!(counter.bus.unwrap().message_id.as_deref(), Some("1"));
}

#[test]
fn what_is_no_event_goes_to_quarantine_with_the_reason() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    let cases: [(&str, &[u8], QuarantineReason, &str); 6] = [
        ("a.b", b"", QuarantineReason::Malformed, "not JSON"),
        ("a.b", b"{\"a\":", QuarantineReason::Malformed, "not JSON"),
        ("a.b", b"{} {}", QuarantineReason::Malformed, "not JSON"),
        ("a.b", b"\xff\xfe", QuarantineReason::Malformed, "not UTF-8"),
        ("a.b", deep.as_bytes(), QuarantineReason::Malformed, "127 levels"),
        ("", b"{\"a\":1}", QuarantineReason::NoEventType, "names an event type"),
    ];
    for (routing_key, body, reason, detail) in cases {
        let message = RawMessage::new("x", routing_key, body.to_vec());
        let quarantined = read_at(&message, "2026-01-01T00:00:00Z").unwrap_err();
        assert_eq!((quarantined.reason, quarantined.body.as_ref()), (reason, body));
        assert!(quarantined.detail.contains(detail), "{}", quarantined.detail);
    }
}

#[test]
fn a_message_past_the_limit_goes_to_quarantine_with_its_properties() {
    let limits = Limits { bus_message_bytes: 4, ..Limits::default() };
    let message = RawMessage {
        message_id: Some("m".into()),
        content_type: Some("application/json".into()),
        headers: Some(serde_json::json!({"retry": 1})),
        properties: serde_json::json!({"app_id": "n8n"}).as_object().unwrap().clone(),
        ..RawMessage::new("x", "a\u{0}b", "[1,2]")
    };
    let quarantined = normalise(&message, Timestamp::EPOCH, &limits).unwrap_err();
    assert_eq!((quarantined.reason, quarantined.routing_key.as_str()), (QuarantineReason::TooLarge, "a\\u{0}b"));
    let properties = r#"{"app_id":"n8n","message_id":"m","content_type":"application/json","headers":{"retry":1}}"#;
    assert_eq!(quarantined.properties, serde_json::from_str::<serde_json::Value>(properties).unwrap());
    assert!(quarantined.detail.contains("5 bytes"));
}
