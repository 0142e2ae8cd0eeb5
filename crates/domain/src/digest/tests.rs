#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::{EventStory, event};
use crate::{EventId, JsonText, Timestamp};

fn digest(story: &EventStory) -> Digest {
    story.build().digest
}

fn json(text: &str) -> JsonText {
    JsonText::parse(text).unwrap()
}

#[test]
fn a_digest_is_read_as_it_is_written() {
    let digest = Digest::of_bytes(b"abc");
    assert_eq!(Digest::from_hex(&digest.to_string()), Some(digest));
    let text = digest.to_string();
    for other in ["", &text[1..], &format!("{text}0"), &format!("{text}00"), &format!("g{}", &text[1..]), "ü"] {
        assert_eq!(Digest::from_hex(other), None, "{other:?}");
    }
}

#[test]
fn the_spelling_of_json_makes_no_difference() {
    let story = event("a.b").raw_payload(r#"{"a":{"x":1,"y":[true,null]},"b":"A"}"#);
    let other = story.clone().raw_payload("{ \"b\" : \"\\u0041\",\n\"a\":{\"y\":[ true,null ],\"x\":1} }");
    assert_eq!(digest(&story), digest(&other));
    let sourced = |source| digest(&story.clone().with(|envelope| envelope.source = json(source)));
    assert_eq!(sourced(r#"{"app":"x","host":"y"}"#), sourced(r#"{"host": "y", "app": "x"}"#));
}

#[test]
fn the_value_of_json_makes_one() {
    let base = event("a.b");
    let values = [
        "null",
        "0",
        "1",
        "1.0",
        "9007199254740992",
        "9007199254740993",
        "\"1\"",
        "[1]",
        "[1,2]",
        "[2,1]",
        "[[1],2]",
        "{\"a\":1}",
        "{\"a\":1,\"b\":2}",
        "{\"a\":2,\"b\":1}",
        "{\"b\":1}",
        "\"\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\ud801\"",
        "{\"\\ud800\":1}",
        "{\"\\ud800\":2}",
    ];
    let digests: std::collections::HashSet<String> =
        values.iter().map(|value| digest(&base.clone().raw_payload(value)).to_string()).collect();
    assert_eq!(digests.len(), values.len());
}

/// One change to an envelope, and the field that it changes.
type FieldChange = (&'static str, fn(&mut crate::Envelope));

#[test]
fn every_field_that_a_producer_sets_counts() {
    let changes: [FieldChange; 12] = [
        ("event_id", |e| e.event_id = EventId::from_foreign("other")),
        ("event_type", |e| e.event_type = crate::EventType::from_bus("a.c").unwrap()),
        ("timestamp", |e| e.timestamp = Timestamp::new(e.timestamp.seconds(), 1).unwrap()),
        ("version", |e| e.version = "1.0.1".into()),
        ("source", |e| e.source = json("{}")),
        ("correlation_ids", |e| e.correlation_ids = vec![EventId::from_foreign("p")]),
        ("causation_id", |e| e.causation_id = Some(EventId::from_foreign("p"))),
        ("chain_id", |e| e.chain_id = Some("p".into())),
        ("traceparent", |e| e.traceparent = Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".into())),
        ("agent_context", |e| e.agent_context = Some(json("{}"))),
        ("payload", |e| e.payload = json("[]")),
        ("extensions", |e| e.extensions = Some(json("{}"))),
    ];
    let base = event("a.b");
    let mut seen = vec![("nothing", digest(&base))];
    for (field, change) in changes {
        let changed = digest(&base.clone().with(change));
        assert!(seen.iter().all(|(_, known)| *known != changed), "{field} like one of {seen:?}");
        seen.push((field, changed));
    }
}

#[test]
fn the_order_of_causes_counts() {
    let (one, two) = (EventId::generate(), EventId::generate());
    let base = event("a.b");
    let there = base.clone().caused_by(&one).caused_by(&two);
    assert_ne!(digest(&there), digest(&base.caused_by(&two).caused_by(&one)));
}

#[test]
fn a_time_that_the_server_filled_in_does_not_count() {
    let story = event("a.b").at_server_time();
    assert_eq!(digest(&story), digest(&story.clone().at("2026-02-01T00:00:00Z")));
    let sent = event("a.b").with_id(story.envelope.event_id);
    assert_ne!(digest(&story), digest(&sent));
    assert_ne!(digest(&sent), digest(&sent.clone().at("2026-02-01T00:00:00Z")));
}

#[test]
fn parts_keep_their_borders() {
    let of = |parts: &[&str]| Digest::of_parts(parts.iter().map(|part| part.as_bytes()));
    assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    assert_ne!(of(&["", "a"]), of(&["a", ""]));
    assert_ne!(of(&[]), of(&[""]));
}

#[test]
fn a_digest_survives_its_column_and_reads_as_hexadecimal() {
    let digest = digest(&event("a.b"));
    assert_eq!(Digest::from_slice(digest.as_bytes()), Some(digest));
    assert_eq!(Digest::from_slice(&[0; 31]), None);
    assert_eq!(Digest::new([0xab; 32]).to_string(), "ab".repeat(32));
}
