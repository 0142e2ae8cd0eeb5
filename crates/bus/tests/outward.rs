//! What goes out is upstream's envelope to the letter.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::upstream::{UPSTREAM, read_at};
use god33_bus::render;
use god33_domain::{Envelope, EventType, JsonText, Timestamp};

fn json(text: &str) -> JsonText {
    JsonText::parse(text).unwrap()
}

fn envelope() -> Envelope {
    Envelope {
        event_id: "3a217471-a2c9-4405-b4d4-9ffb1be3a41b".parse().unwrap(),
        event_type: EventType::from_bus("asset.created").unwrap(),
        timestamp: Timestamp::parse("2026-11-22T09:23:40.324920Z").unwrap(),
        version: "1.0.0".into(),
        source: json(r#"{"host":"vm","type":"hook","app":"postgres-notify-bridge","meta":null}"#),
        correlation_ids: Vec::new(),
        causation_id: None,
        chain_id: None,
        traceparent: None,
        agent_context: None,
        payload: json(r#"{"id":1}"#),
        custom: false,
        extensions: None,
    }
}

#[test]
fn an_envelope_is_written_as_upstream_writes_it() {
    let captured = UPSTREAM[0].body();
    assert_eq!(render(&envelope()), String::from_utf8(captured).unwrap().trim());
}

#[test]
fn what_upstream_published_itself_is_written_back_byte_for_byte() {
    for file in UPSTREAM.iter().filter(|row| ["01", "02", "04", "05", "08", "10"].contains(&&row.file[..2])) {
        let event = read_at(&file.message(), "2026-12-01T00:00:00Z").unwrap();
        assert_eq!(render(&event.envelope), String::from_utf8(file.body()).unwrap().trim(), "{}", file.file);
    }
}

#[test]
fn what_upstream_has_no_place_for_stands_beside_its_members() {
    let cause = "9637587d-0c67-40f2-b541-813f12fe5dd6";
    let text = render(&Envelope {
        correlation_ids: vec![cause.parse().unwrap()],
        causation_id: Some(cause.parse().unwrap()),
        chain_id: Some("chain".into()),
        traceparent: Some("00-a-b-00".into()),
        extensions: Some(json(r#"{"tags":[ 1.0 ],"event_id":"forged","correlation_id":"other"}"#)),
        ..envelope()
    });
    let end = format!(
        r#""correlation_ids":["{cause}"],"agent_context":null,"payload":{{"id":1}},"correlation_id":"chain","causation_id":"{cause}","traceparent":"00-a-b-00","tags":[ 1.0 ]}}"#
    );
    assert!(text.ends_with(&end), "{text}");
    assert!(!text.contains("forged") && !text.contains("other"));
}

#[test]
fn an_agent_type_that_upstream_refuses_is_custom_with_the_true_one_beside() {
    let context = |text: &str| render(&Envelope { agent_context: Some(json(text)), ..envelope() });
    let written = context(r#"{"type":"bmad-architect","name":"System Architect","meta":{"a":1},"task_id":"t"}"#);
    let expected = r#""agent_context":{"type":"custom","name":"System Architect","system_prompt":null,"instance_id":null,"mcp_servers":null,"file_references":null,"url_references":null,"code_state":null,"checkpoint_id":null,"meta":{"a":1,"god33_agent_type":"bmad-architect"},"task_id":"t"}"#;
    assert!(written.contains(expected), "{written}");
    assert!(context("{}").contains(r#"{"type":"custom","name":null"#));
    assert!(context(r#"{"type":"agno","code_state":{"branch":"b","x":1}}"#).contains(
        r#""code_state":{"repo_url":null,"branch":"b","working_diff":null,"branch_diff":null,"last_commit_hash":null,"x":1}"#
    ));
}

#[test]
fn a_source_always_has_what_upstream_requires() {
    let source = |text: &str| render(&Envelope { source: json(text), ..envelope() });
    assert!(source("{}").contains(r#""source":{"host":"","type":"service","app":null,"meta":null}"#));
    let unknown = source(r#"{"app":"x","type":"system","host":"h","user_id":5}"#);
    let expected =
        r#""source":{"host":"h","type":"service","app":"x","meta":{"god33_source_type":"system"},"user_id":5}"#;
    assert!(unknown.contains(expected), "{unknown}");
}
