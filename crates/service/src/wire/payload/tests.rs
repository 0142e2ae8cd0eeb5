#![allow(clippy::unwrap_used, clippy::panic)]
use god33_domain::{EventId, EventType, Timestamp};
use god33_proto::POOL;
use god33_proto::v1::{WorkflowPhase, WorkflowPhaseCompleted, WorkflowStarted};

use super::*;

const ID: &str = "0198c5a4-6b0e-7f3a-9d51-2f4c1e8a7b60";

fn custom_payload(json: &str) -> EventPayload {
    custom(json, String::new())
}

fn started() -> WorkflowStarted {
    WorkflowStarted { workflow_id: ID.into(), project_name: "p".into(), ..WorkflowStarted::default() }
}

fn typed_payload(kind: Kind) -> EventPayload {
    EventPayload { kind: Some(kind), additional_members: String::new() }
}

fn parse_one(event_type: &str, payload: &EventPayload) -> Result<Parsed, Vec<(String, ErrorReason)>> {
    let mut found = Violations::default();
    let parsed = parse(event_type, Some(payload), &Path::Request.member("payload"), &mut found);
    let found: Vec<_> = found.into_vec().into_iter().map(|violation| (violation.field, violation.reason)).collect();
    if found.is_empty() { Ok(parsed.unwrap()) } else { Err(found) }
}

fn envelope(event_type: &str, json: &str, custom: bool) -> Envelope {
    Envelope {
        event_id: EventId::generate(),
        event_type: EventType::from_bus(event_type).unwrap(),
        timestamp: Timestamp::EPOCH,
        version: "1.0.0".into(),
        source: JsonText::empty_object(),
        correlation_ids: Vec::new(),
        causation_id: None,
        chain_id: None,
        traceparent: None,
        agent_context: None,
        payload: JsonText::parse(json).unwrap(),
        custom,
        extensions: None,
    }
}

#[test]
fn the_number_of_the_additional_members_is_the_contracts() {
    let payload = POOL.get_message_by_name("god33.v1.EventPayload").unwrap();
    assert_eq!(payload.get_field_by_name("additional_members").unwrap().number(), ADDITIONAL_MEMBERS);
}

#[test]
fn a_typed_payload_becomes_json_and_comes_back_typed() {
    let payload = EventPayload {
        kind: Some(Kind::WorkflowStarted(Box::new(started()))),
        additional_members: r#"{"ticket":9007199254740993}"#.into(),
    };
    let parsed = parse_one("bmad.workflow.started", &payload).unwrap();
    assert!(!parsed.custom);
    assert_eq!(
        parsed.json.as_str(),
        format!(r#"{{"workflow_id":"{ID}","project_name":"p","ticket":9007199254740993}}"#)
    );
    let back = to_proto(&envelope("bmad.workflow.started", parsed.json.as_str(), false));
    assert_eq!(back, payload);
}

#[test]
fn a_framework_of_any_name_has_typed_checkpoints() {
    for event_type in ["agent.letta.checkpoint.saved", "agent.agno.checkpoint.saved"] {
        let payload = to_proto(&envelope(event_type, r#"{"session_id":"s","checkpoint_id":"c"}"#, false));
        assert!(matches!(payload.kind, Some(Kind::CheckpointSaved(_))), "{event_type}");
    }
}

#[test]
fn custom_is_kept_byte_for_byte_and_marked_where_a_message_is_declared() {
    let json = "{ \"b\":1.0,\"a\":\"\\u0000\" }";
    let undeclared = parse_one("git.commit", &custom_payload(json)).unwrap();
    assert_eq!((undeclared.json.as_str(), undeclared.custom), (json, false));
    let declared = parse_one("bmad.workflow.started", &custom_payload(json)).unwrap();
    assert_eq!((declared.json.as_str(), declared.custom), (json, true));
    for (event_type, custom) in [("git.commit", false), ("bmad.workflow.started", true)] {
        assert_eq!(to_proto(&envelope(event_type, json, custom)), custom_payload(json));
    }
}

#[test]
fn a_payload_of_another_shape_is_untyped_and_says_why() {
    let payload = to_proto(&envelope("bmad.workflow.started", r#"{"workflow_id":"w-1"}"#, false));
    let Some(Kind::Custom(custom)) = payload.kind else { panic!("typed") };
    assert_eq!(custom.json, r#"{"workflow_id":"w-1"}"#);
    assert_eq!(custom.untyped_reason, r#"member "workflow_id" must be a UUID in its hyphenated form"#);
}

#[test]
fn the_kind_must_be_the_declared_one_or_custom() {
    let kind = || Kind::WorkflowStarted(Box::new(started()));
    for event_type in ["git.commit", "bmad.workflow.completed"] {
        let refused = parse_one(event_type, &typed_payload(kind())).unwrap_err();
        assert_eq!(refused, [("payload".to_owned(), ErrorReason::PayloadMismatch)]);
    }
    let refused = parse_one("git.commit", &EventPayload::default()).unwrap_err();
    assert_eq!(refused, [("payload".to_owned(), ErrorReason::PayloadMissing)]);
}

#[test]
fn every_member_that_is_wrong_is_named_with_its_path() {
    let completed =
        WorkflowPhaseCompleted { workflow_id: "w-1".into(), phase: 99, ..WorkflowPhaseCompleted::default() };
    let payload = typed_payload(Kind::WorkflowPhaseCompleted(Box::new(completed)));
    let refused = parse_one("bmad.workflow.phase.completed", &payload).unwrap_err();
    let at = "payload.workflow_phase_completed";
    let wanted =
        [(format!("{at}.workflow_id"), ErrorReason::InvalidUuid), (format!("{at}.phase"), ErrorReason::InvalidField)];
    assert_eq!(refused, wanted);
    let unspecified = WorkflowPhaseCompleted {
        workflow_id: ID.into(),
        phase: WorkflowPhase::Unspecified.into(),
        ..WorkflowPhaseCompleted::default()
    };
    let payload = typed_payload(Kind::WorkflowPhaseCompleted(Box::new(unspecified)));
    let refused = parse_one("bmad.workflow.phase.completed", &payload).unwrap_err();
    assert_eq!(refused, [(format!("{at}.phase"), ErrorReason::InvalidField)]);
}

#[test]
fn json_that_others_read_differently_is_refused() {
    for (json, reason) in [
        ("", ErrorReason::InvalidJson),
        ("{", ErrorReason::InvalidJson),
        (r#"{"a":1,"a":2}"#, ErrorReason::InvalidJson),
        (&("[".repeat(129) + &"]".repeat(129)), ErrorReason::InvalidJson),
    ] {
        let refused = parse_one("git.commit", &custom_payload(json)).unwrap_err();
        assert_eq!(refused, [("payload.custom.json".to_owned(), reason)], "{json}");
    }
    let mut payload = custom("1", "why".into());
    payload.additional_members = "{}".into();
    let refused = parse_one("git.commit", &payload).unwrap_err();
    let wanted = [
        ("payload.additional_members".to_owned(), ErrorReason::InvalidField),
        ("payload.custom.untyped_reason".to_owned(), ErrorReason::OutputOnlyField),
    ];
    assert_eq!(refused, wanted);
}

#[test]
fn a_draft_has_its_ids_in_the_one_form_under_which_things_are_found() {
    let mut found = Violations::default();
    let message = WorkflowStarted { workflow_id: ID.to_uppercase(), project_name: "P".into(), ..started() };
    let payload = draft(&message, &Path::Request, &mut found).unwrap();
    assert_eq!(
        (payload.text("workflow_id").as_deref(), payload.text("project_name").as_deref()),
        (Some(ID), Some("P"))
    );
    assert_eq!(found.len(), 0);
    // What an event says stays as it was sent.
    let sent = parse_one("bmad.workflow.started", &typed_payload(Kind::WorkflowStarted(Box::new(message)))).unwrap();
    assert!(sent.json.as_str().contains(&ID.to_uppercase()), "{:?}", sent.json);
}

#[test]
fn a_message_that_no_payload_holds_makes_no_draft() {
    let mut found = Violations::default();
    assert!(draft(&god33_proto::v1::EventEnvelope::default(), &Path::Request, &mut found).is_none());
    assert!(drafts(&[god33_proto::v1::EventEnvelope::default()], &Path::Request, &mut found).is_none());
    assert_eq!(found.len(), 0, "it is no fault of the client's");
}
