#![allow(clippy::unwrap_used, clippy::panic)]
use std::collections::BTreeMap;

use god33_proto::schema::payload_kinds;
use god33_proto::v1::ErrorReason;
use proptest::prelude::*;
use prost_reflect::DynamicMessage;
use serde_json::value::RawValue;

use super::number::Decimal;
use super::*;

/// A JSON text in one spelling: members sorted, numbers by their value, times by theirs.
fn spelled(json: &str) -> String {
    match json.trim_start().as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(json).unwrap();
            let members = members.iter().map(|(name, value)| format!("{name:?}:{}", spelled(value.get())));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json).unwrap();
            format!("[{}]", items.iter().map(|item| spelled(item.get())).collect::<Vec<_>>().join(","))
        }
        Some(b'"') => {
            let text: String = serde_json::from_str(json).unwrap();
            match god33_domain::Timestamp::parse(&text) {
                Ok(time) if text.len() >= 20 => format!("{:?}", time.to_string()),
                _ => format!("{text:?}"),
            }
        }
        Some(b'-' | b'0'..=b'9') => format!("{:?}", Decimal::of(json).unwrap()),
        _ => json.trim().to_owned(),
    }
}

fn shape(message: &str) -> &'static Shape {
    shape_of(&format!("god33.v1.{message}")).unwrap()
}

/// Reads a text and writes it again: the text that comes back, or why it is of another shape.
fn around(shape: &Shape, json: &str) -> Result<String, Misfit> {
    let taken = read(shape, json, Strictness::Strict)?;
    let mut found = Violations::default();
    let text = write(shape, &taken.message, Some(&taken.additional), &Path::Request, &mut found);
    assert_eq!(found.len(), 0, "{json} was read and cannot be written: {found:?}");
    JsonText::parse(text.as_str()).unwrap();
    Ok(text.as_str().to_owned())
}

/// A text as a message and what is kept beside it.
fn decoded(shape: &Shape, json: &str) -> (DynamicMessage, String) {
    let taken = read(shape, json, Strictness::Strict).unwrap();
    let descriptor = god33_proto::POOL.get_message_by_name(&shape.name).unwrap();
    let additional = if taken.additional.is_empty() { taken.additional } else { spelled(&taken.additional) };
    (DynamicMessage::decode(descriptor, taken.message.as_slice()).unwrap(), additional)
}

#[test]
fn a_required_list_may_hold_an_empty_object() {
    comes_back("CollaborationDeadlockDetected", r#"{"cycle":[{}],"policy":"notify-person"}"#);
}

fn comes_back(message: &str, json: &str) {
    let back = around(shape(message), json).unwrap();
    assert_eq!(spelled(&back), spelled(json));
}

fn why_not(message: &str, json: &str) -> String {
    around(shape(message), json).unwrap_err().to_string()
}

const ID: &str = "0198c5a4-6b0e-7f3a-9d51-2f4c1e8a7b60";

#[test]
fn a_payload_of_the_design_comes_back_member_for_member() {
    comes_back(
        "WorkflowHandoffRequested",
        &format!(
            r#"{{"workflow_id":"{ID}","from_agent":"bmad-architect","to_agent":"letta-python-dev","priority":"high",
            "deadline":"2026-01-12T10:00:00.123456789Z","lease_seconds":0.5,"max_attempts":3,
            "context":{{"requirements":{{"n":1,"list":[1,2.5,null,true,{{"deep":"x"}}]}},"file_references":["a","b"],"more":[1]}}}}"#
        ),
    );
    comes_back(
        "CollaborationProposalDecided",
        &format!(r#"{{"collaboration_id":"{ID}","proposal_id":"{ID}","votes":{{"yes":2,"no":0}}}}"#),
    );
    for value in ["null", "[1]", "\"x\"", "{\"a\":1}", "false", "1.5"] {
        comes_back(
            "CollaborationContextUpdated",
            &format!(r#"{{"collaboration_id":"{ID}","key":"k","value":{value},"version":3}}"#),
        );
    }
}

#[test]
fn what_a_field_cannot_say_is_kept_beside_the_fields() {
    let shape = shape("CheckpointSaved");
    for (member, value) in [
        ("summary", "null"),
        ("summary", "\"\""),
        ("context_snapshot", "null"),
        ("snapshot_size", "0"),
        ("unheard_of", "[1, 2]"),
        ("additional_members", "\"x\""),
        ("summary", "\"\\ud800\""),
    ] {
        let json = format!(r#"{{"session_id":"s","checkpoint_id":"c","{member}":{value}}}"#);
        let taken = read(shape, &json, Strictness::Strict).unwrap();
        assert_eq!(taken.additional, format!(r#"{{"{member}":{value}}}"#));
    }
    let json =
        r#"{"session_id":"s","checkpoint_id":"c","context_snapshot":{"files_modified":[],"x":9007199254740993}}"#;
    let taken = read(shape, json, Strictness::Strict).unwrap();
    assert_eq!(taken.additional, "", "an object inside keeps its own");
    comes_back("CheckpointSaved", json);
}

#[test]
fn numbers_that_would_change_in_an_open_object_are_kept_as_text() {
    let shape = shape("ContextUpdated");
    for number in ["9007199254740993", "1e999", "0.1000000000000000055"] {
        let json = format!(r#"{{"context_delta":{{"a":[{number}]}},"summary":"s"}}"#);
        let taken = read(shape, &json, Strictness::Strict).unwrap();
        assert_eq!(taken.additional, format!(r#"{{"context_delta":{{"a":[{number}]}}}}"#));
        assert!(around(shape, &json).unwrap().contains(number));
    }
    comes_back(
        "ContextUpdated",
        r#"{"context_delta":{"a":[1,-1,0.1,1e300,9007199254740992]},"context_tokens":9223372036854775807}"#,
    );
}

#[test]
fn open_objects_nested_deeper_than_protobuf_goes_are_kept_as_text() {
    let deep = format!("{}1{}", "{\"a\":".repeat(60), "}".repeat(60));
    let json = format!(r#"{{"context_delta":{deep}}}"#);
    let taken = read(shape("ContextUpdated"), &json, Strictness::Strict).unwrap();
    assert_eq!(taken.additional, json);
}

#[test]
fn another_shape_than_declared_is_named_with_its_member() {
    for (message, json, why) in [
        ("WorkflowStarted", "[]".to_owned(), "the value is not an object"),
        ("WorkflowStarted", "{}".into(), r#"member "workflow_id" is required and is missing or empty"#),
        (
            "WorkflowStarted",
            r#"{"workflow_id":"w-1"}"#.into(),
            r#"member "workflow_id" must be a UUID in its hyphenated form"#,
        ),
        (
            "WorkflowPhaseCompleted",
            format!(r#"{{"workflow_id":"{ID}","phase":"review"}}"#),
            r#"member "phase" is "review" and must be one of "analysis", "planning", "solutioning", "implementation""#,
        ),
        (
            "WorkflowCompleted",
            format!(r#"{{"workflow_id":"{ID}","artifacts":[{{"path":"a"}},{{"type":"b"}}]}}"#),
            r#"member "artifacts[1].path" is required and is missing or empty"#,
        ),
        ("TaskFailed", r#"{"retryable":"yes"}"#.into(), r#"member "retryable" must be true or false"#),
        ("TaskFailed", r#"{"retryable":1}"#.into(), r#"member "retryable" must be true or false"#),
        (
            "HandoffProgress",
            format!(r#"{{"handoff_id":"{ID}","progress_pct":"50"}}"#),
            r#"member "progress_pct" must be a number"#,
        ),
        (
            "HandoffRequested",
            r#"{"to_agent":"a","max_attempts":2147483648}"#.into(),
            r#"member "max_attempts" must be a whole number from -2147483648 to 2147483647"#,
        ),
        (
            "HandoffRequested",
            r#"{"to_agent":"a","deadline":"tomorrow"}"#.into(),
            r#"member "deadline" is not a time: write RFC 3339, for example 2026-01-11T14:30:00Z"#,
        ),
        (
            "FeedbackRequested",
            r#"{"question":"q","options":["a",null]}"#.into(),
            r#"member "options[1]" must not be null"#,
        ),
        ("FeedbackRequested", r#"{"question":"q","options":"a"}"#.into(), r#"member "options" must be a list"#),
        ("FeedbackRequested", r#"{"question":"q","question":"r"}"#.into(), r#"member "question" stands there twice"#),
        (
            "MisePatternDefined",
            r#"{"standard_tasks":{}}"#.into(),
            r#"member "standard_tasks" is required and is missing or empty"#,
        ),
    ] {
        assert_eq!(why_not(message, &json), why, "{json}");
    }
}

#[test]
fn false_is_an_answer_where_one_is_required() {
    comes_back("WorkflowValidationCompleted", r#"{"passed":false}"#);
    assert!(why_not("WorkflowValidationCompleted", r#"{"passed":null}"#).contains("passed"));
}

#[test]
fn times_are_said_exactly_or_kept_as_text() {
    let shape = shape("HandoffRequested");
    for (time, is_typed) in [
        ("2026-01-12T10:00:00Z", true),
        ("2026-01-12T10:00:00.000Z", true),
        ("2026-01-12T12:00:00+02:00", true),
        ("0001-01-01T00:00:00Z", true),
        ("2026-01-12T10:00:00.1234567891Z", false),
        ("2016-12-31T23:59:60Z", false),
    ] {
        let json = format!(r#"{{"to_agent":"a","deadline":"{time}"}}"#);
        let taken = read(shape, &json, Strictness::Strict).unwrap();
        assert_eq!(taken.additional.is_empty(), is_typed, "{time}");
    }
}

#[test]
fn additional_members_must_be_what_no_field_can_say() {
    let shape = shape("CheckpointSaved");
    let message = read(shape, r#"{"session_id":"s","checkpoint_id":"c"}"#, Strictness::Strict).unwrap().message;
    let reasons = |additional: &str| {
        let mut found = Violations::default();
        write(shape, &message, Some(additional), &Path::Request.member("p"), &mut found);
        found.into_vec().into_iter().map(|violation| (violation.field, violation.reason)).collect::<Vec<_>>()
    };
    assert_eq!(reasons(r#" {"summary":null, "x":[1] } "#), []);
    assert_eq!(reasons("{}"), []);
    for (additional, reason) in [
        ("[]", ErrorReason::InvalidJson),
        ("{", ErrorReason::InvalidJson),
        (r#"{"x":{"a":1,"a":2}}"#, ErrorReason::InvalidJson),
        (r#"{"summary":"s"}"#, ErrorReason::InvalidMemberName),
        (r#"{"session_id":null}"#, ErrorReason::InvalidMemberName),
        (r#"{"metrics":7}"#, ErrorReason::InvalidMemberName),
    ] {
        assert_eq!(reasons(additional), [("p.additional_members".to_owned(), reason)], "{additional}");
    }
}

#[test]
fn every_declared_payload_has_a_json_schema() {
    for kind in payload_kinds() {
        let shape = shape_of(kind.message().full_name()).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&json_schema(shape)).unwrap();
        assert_eq!(schema["type"], "object");
        assert_eq!(schema["properties"].as_object().unwrap().len(), shape.fields.len());
    }
}

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|truth| truth.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_filter("JSON has finite numbers", |n| n.is_finite()).prop_map(|number| format!("{number:?}")),
        "\\PC{0,8}".prop_map(|text| serde_json::to_string(&text).unwrap()),
        prop_oneof![Just("high"), Just("analysis"), Just(ID), Just("2026-01-12T10:00:00.5+01:00"), Just("")]
            .prop_map(|text| format!("{text:?}")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::btree_map("[a-z]{1,3}", inner, 0..4).prop_map(|members| object_of(&members)),
        ]
    })
}

fn object_of(members: &BTreeMap<String, String>) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{name:?}: {value}")).collect();
    format!("{{ {} }}", members.join(" , "))
}

/// A shape, and an object that has some of its members, mostly with values of the right kind.
fn any_object() -> impl Strategy<Value = (&'static Shape, String)> {
    proptest::sample::select(super::shape::every_shape()).prop_flat_map(|shape| {
        let members: Vec<_> = shape.fields.iter().map(|field| (Just(field.name.clone()), fitting(field))).collect();
        let some = (members, proptest::collection::btree_map("[a-z_]{1,12}", any_json(), 0..3), any_json());
        (some, 0..40_usize, any::<u32>()).prop_map(move |((members, more, odd), spoiled, chosen)| {
            let mut object = more;
            for (index, (name, value)) in members.into_iter().enumerate() {
                let is_chosen = shape.fields[index].required || chosen & (1 << (index % 32)) != 0;
                let value = if index == spoiled { odd.clone() } else { value };
                object.extend(is_chosen.then_some((name, value)));
            }
            (shape, object_of(&object))
        })
    })
}

fn fitting(field: &super::shape::Field) -> BoxedStrategy<String> {
    use super::shape::{Count, Kind};
    let one: BoxedStrategy<String> = match field.kind {
        Kind::Text if field.is_uuid => Just(format!("{ID:?}")).boxed(),
        Kind::Text => "\\PC{0,6}".prop_map(|text| serde_json::to_string(&text).unwrap()).boxed(),
        Kind::Bool => any::<bool>().prop_map(|truth| truth.to_string()).boxed(),
        Kind::Double => any::<f32>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| format!("{n:?}")).boxed(),
        Kind::Integer(_) => any::<u16>().prop_map(|number| number.to_string()).boxed(),
        Kind::Enum(words) => {
            proptest::sample::select(words.all().map(|w| format!("{w:?}")).collect::<Vec<_>>()).boxed()
        }
        Kind::Message(id) => {
            let members: Vec<_> =
                id.shape().fields.iter().map(|field| (Just(field.name.clone()), fitting(field))).collect();
            members.prop_map(|members| object_of(&members.into_iter().collect())).boxed()
        }
        Kind::OpenObject => {
            proptest::collection::btree_map("[a-z]{1,3}", any_json(), 0..4).prop_map(|m| object_of(&m)).boxed()
        }
        Kind::OpenValue => any_json().boxed(),
        Kind::Duration => (0..100_000_u32).prop_map(|ms| format!("{:?}", f64::from(ms) / 1_000.0)).boxed(),
        Kind::Bytes => "([0-9a-f]{2}){1,4}".prop_map(|text| format!("{text:?}")).boxed(),
        Kind::Timestamp => Just("\"2026-01-12T10:00:00Z\"".to_owned()).boxed(),
    };
    match field.count {
        Count::One => one,
        Count::List => proptest::collection::vec(one, 0..3).prop_map(|items| format!("[{}]", items.join(","))).boxed(),
        Count::Map => proptest::collection::btree_map("[a-z]{1,3}", one, 0..3).prop_map(|m| object_of(&m)).boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn an_object_is_of_another_shape_or_comes_back_the_same((shape, json) in any_object()) {
        JsonText::parse(json.as_str()).unwrap();
        if let Ok(back) = around(shape, &json) {
            prop_assert_eq!(spelled(&back), spelled(&json));
            prop_assert_eq!(decoded(shape, &back), decoded(shape, &json));
        }
    }

    #[test]
    fn a_state_is_read_whatever_its_members_hold((shape, json) in any_object()) {
        prop_assert!(read(shape, &json, Strictness::State).is_ok());
    }

    #[test]
    fn text_that_is_no_json_is_never_a_panic(text in "\\PC{0,40}", bracketed in "\\{[\\{\\}\\[\\]\":,a1 \\\\]{0,30}") {
        for shape in [shape("WorkflowHandoffRequested"), shape("CollaborationContextUpdated")] {
            let _ = read(shape, &text, Strictness::Strict);
            let _ = read(shape, &bracketed, Strictness::Lenient);
            let _ = read(shape, &bracketed, Strictness::State);
        }
    }

    #[test]
    fn bytes_that_are_no_message_are_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let mut found = Violations::default();
        for shape in [shape("WorkflowHandoffRequested"), shape("CollaborationProposalDecided")] {
            let _ = write(shape, &bytes, None, &Path::Request, &mut found);
        }
    }
}

#[test]
fn most_generated_objects_are_of_their_declared_shape() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let fitting = (0..200).filter(|_| {
        let (shape, json) = any_object().new_tree(&mut runner).unwrap().current();
        around(shape, &json).is_ok()
    });
    assert!(fitting.count() > 60, "the property above would say little");
}
