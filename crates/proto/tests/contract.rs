//! What must hold in the contract, whoever changes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use god33_proto::{
    PACKAGE, POOL,
    schema::{enum_value, enum_word, field_rules, payload_kind, payload_kind_of_field, payload_kinds},
    v1::{FieldFormat, RecordedEvent},
};
use prost_reflect::{Kind, MessageDescriptor, MethodDescriptor, ReflectMessage};

/// The design's event types, and the field of `EventPayload` that carries each.
const DECLARED: [(&str, &str); 60] = [
    ("bmad.workflow.started", "workflow_started"),
    ("bmad.workflow.phase.completed", "workflow_phase_completed"),
    ("bmad.workflow.handoff.requested", "workflow_handoff_requested"),
    ("bmad.workflow.validation.requested", "workflow_validation_requested"),
    ("bmad.workflow.validation.completed", "workflow_validation_completed"),
    ("bmad.workflow.completed", "workflow_completed"),
    ("bmad.workflow.failed", "workflow_failed"),
    ("bmad.workflow.cancelled", "workflow_cancelled"),
    ("agent.handoff.requested", "handoff_requested"),
    ("agent.handoff.offered", "handoff_offered"),
    ("agent.handoff.accepted", "handoff_accepted"),
    ("agent.handoff.declined", "handoff_declined"),
    ("agent.handoff.expired", "handoff_expired"),
    ("agent.handoff.cancelled", "handoff_cancelled"),
    ("agent.handoff.progress", "handoff_progress"),
    ("agent.handoff.blocked", "handoff_blocked"),
    ("agent.handoff.unblocked", "handoff_unblocked"),
    ("agent.handoff.completed", "handoff_completed"),
    ("agent.handoff.failed", "handoff_failed"),
    ("agent.letta.session.started", "session_started"),
    ("agent.letta.session.paused", "session_paused"),
    ("agent.letta.session.resumed", "session_resumed"),
    ("agent.letta.session.completed", "session_completed"),
    ("agent.letta.session.failed", "session_failed"),
    ("agent.letta.session.recovery.started", "session_recovery_started"),
    ("agent.letta.checkpoint.saved", "checkpoint_saved"),
    ("agent.agno.checkpoint.saved", "checkpoint_saved"),
    ("agent.letta.context.updated", "context_updated"),
    ("agent.letta.context.restored", "context_restored"),
    ("agent.letta.task.completed", "task_completed"),
    ("agent.letta.task.blocked", "task_blocked"),
    ("agent.letta.task.resumed", "task_resumed"),
    ("agent.letta.task.failed", "task_failed"),
    ("agent.feedback.requested", "feedback_requested"),
    ("agent.feedback.response", "feedback_response"),
    ("agent.feedback.cancelled", "feedback_cancelled"),
    ("agent.feedback.expired", "feedback_expired"),
    ("agent.feedback.delegated", "feedback_delegated"),
    ("agent.feedback.escalated", "feedback_escalated"),
    ("agent.collaboration.started", "collaboration_started"),
    ("agent.collaboration.participant.joined", "collaboration_participant_joined"),
    ("agent.collaboration.participant.left", "collaboration_participant_left"),
    ("agent.collaboration.update", "collaboration_update"),
    ("agent.collaboration.context.updated", "collaboration_context_updated"),
    ("agent.collaboration.proposal.created", "collaboration_proposal_created"),
    ("agent.collaboration.proposal.voted", "collaboration_proposal_voted"),
    ("agent.collaboration.proposal.decided", "collaboration_proposal_decided"),
    ("agent.collaboration.deadlock.detected", "collaboration_deadlock_detected"),
    ("agent.collaboration.completed", "collaboration_completed"),
    ("agent.collaboration.failed", "collaboration_failed"),
    ("director.cross-service.task.created", "cross_service_task_created"),
    ("director.cross-service.task.completed", "cross_service_task_completed"),
    ("director.mise.standardization.requested", "mise_standardization_requested"),
    ("director.service.delegation.requested", "service_delegation_requested"),
    ("mise.pattern.defined", "mise_pattern_defined"),
    ("mise.validation.requested", "mise_validation_requested"),
    ("mise.validation.completed", "mise_validation_completed"),
    ("agent.registry.type.registered", "agent_type_registered"),
    ("agent.registry.agent.created", "agent_created"),
    ("agent.registry.task.assigned", "agent_task_assigned"),
];

#[test]
fn every_event_type_of_the_design_has_its_payload() {
    for (event_type, field) in DECLARED {
        let kind = payload_kind(event_type).unwrap_or_else(|| panic!("{event_type} has no payload"));
        assert_eq!(kind.field().name(), field, "{event_type}");
    }
}

#[test]
fn other_event_types_have_no_declared_payload() {
    for event_type in [
        "",
        "asset.created",
        "agent.letta.checkpoint",
        "agent.letta.dev.checkpoint.saved",
        "other.letta.checkpoint.saved",
        "agent.letta.checkpoint.saved.again",
    ] {
        assert!(payload_kind(event_type).is_none(), "{event_type}");
    }
}

#[test]
fn an_exact_event_type_wins_over_a_pattern() {
    let exact = payload_kind("agent.collaboration.context.updated").unwrap();
    assert_eq!(exact.message().name(), "CollaborationContextUpdated");
    let by_pattern = payload_kind("agent.letta.context.updated").unwrap();
    assert_eq!(by_pattern.message().name(), "ContextUpdated");
}

#[test]
fn every_payload_but_custom_declares_its_event_types_and_no_two_share_one() {
    let mut claimed = BTreeMap::new();
    for kind in payload_kinds() {
        assert!(!kind.event_types().is_empty(), "{}", kind.field().name());
        for pattern in kind.event_types() {
            let wild = pattern.split('.').filter(|segment| segment.contains('*'));
            assert!(wild.clone().all(|segment| segment == "*"), "{pattern}");
            assert!(wild.count() <= 1, "{pattern}");
            let other = claimed.insert(pattern.clone(), kind.field().name().to_owned());
            assert_eq!(other, None, "{pattern} is declared twice");
        }
    }
    let declared = payload().oneofs().next().unwrap().fields().len();
    assert_eq!(payload_kinds().len(), declared - 1);
    assert!(payload_kind_of_field("custom").is_none());
}

#[test]
fn no_event_type_fits_two_patterns() {
    let patterns: Vec<&String> = payload_kinds().iter().flat_map(|kind| kind.event_types()).collect();
    let wild: Vec<_> = patterns.iter().filter(|pattern| pattern.contains('*')).collect();
    for (index, one) in wild.iter().enumerate() {
        for other in &wild[index + 1..] {
            assert!(!overlap(one, other), "{one} and {other}");
        }
    }
}

fn overlap(one: &str, other: &str) -> bool {
    let (one, other): (Vec<_>, Vec<_>) = (one.split('.').collect(), other.split('.').collect());
    one.len() == other.len() && one.iter().zip(&other).all(|(a, b)| a == b || *a == "*" || *b == "*")
}

#[test]
fn a_payload_never_calls_a_member_as_the_contract_keeps_unknown_ones() {
    // `additional_members` is merged into the JSON at the top level of a payload by EventPayload itself.
    for kind in payload_kinds() {
        assert!(kind.message().get_field_by_name("additional_members").is_none(), "{}", kind.message().name());
    }
}

#[test]
fn required_members_and_formats_are_read_from_the_contract() {
    let workflow_id = field("WorkflowStarted", "workflow_id");
    assert!(field_rules(&workflow_id).required);
    assert_eq!(field_rules(&workflow_id).format, FieldFormat::Uuid);
    let summary = field("CheckpointSaved", "summary");
    assert!(!field_rules(&summary).required);
    assert_eq!(field_rules(&summary).format, FieldFormat::Unspecified);
    for (message, member) in [
        ("CheckpointSaved", "session_id"),
        ("CheckpointSaved", "checkpoint_id"),
        ("FeedbackRequested", "question"),
        ("FeedbackResponse", "decision"),
    ] {
        assert!(field_rules(&field(message, member)).required, "{message}.{member}");
    }
}

#[test]
fn a_uuid_is_demanded_of_text_alone() {
    for message in own_messages() {
        for field in message.fields() {
            let rules = field_rules(&field);
            assert!(rules.format != FieldFormat::Uuid || field.kind() == Kind::String, "{}", field.full_name());
        }
    }
}

#[test]
fn words_of_enums_are_the_designs() {
    let types = POOL.get_enum_by_name("god33.v1.CheckpointType").unwrap();
    let words: BTreeSet<String> = types.values().map(|value| enum_word(&value)).collect();
    for word in ["progress", "milestone", "pre-handoff", "pre-feedback", "initial", "final"] {
        assert!(words.contains(word), "{word}");
    }
    assert_eq!(enum_value(&types, "pre-handoff").unwrap().number(), 3);
    assert!(enum_value(&types, "PRE_HANDOFF").is_none());
    let strategies = POOL.get_enum_by_name("god33.v1.CoordinationStrategy").unwrap();
    assert!(enum_value(&strategies, "hierarchical").is_some());
}

#[test]
fn the_services_are_all_there() {
    let services: BTreeSet<String> = POOL.services().map(|service| service.full_name().to_owned()).collect();
    let expected = [
        "AdminService",
        "AgentService",
        "CollaborationService",
        "DirectorService",
        "EventStoreService",
        "FeedbackService",
        "HandoffService",
        "SessionService",
        "SubscriptionService",
        "WorkflowService",
    ];
    assert_eq!(services, expected.map(|name| format!("{PACKAGE}.{name}")).into());
}

#[test]
fn every_call_that_streams_from_the_client_has_a_twin_for_browsers() {
    let twins = BTreeMap::from([
        ("AppendStream", vec!["AppendEvents"]),
        ("Attach", vec!["WatchInstructions", "Heartbeat"]),
        ("UploadChunks", vec!["UploadChunk"]),
        ("Consume", vec!["Deliver", "Acknowledge", "Reject"]),
    ]);
    for method in methods().filter(MethodDescriptor::is_client_streaming) {
        let twins = twins.get(method.name()).unwrap_or_else(|| panic!("{} has no twin", method.full_name()));
        for twin in twins {
            let twin = method.parent_service().methods().find(|other| other.name() == *twin);
            assert!(!twin.unwrap().is_client_streaming(), "{}", method.full_name());
        }
    }
}

#[test]
fn lists_have_pages_and_are_marked_as_free_of_effects() {
    for method in methods().filter(|method| method.name().starts_with("List")) {
        let paged = method.input().get_field_by_name("page_size").is_some();
        assert_eq!(paged, method.input().get_field_by_name("page_token").is_some());
        assert_eq!(paged, method.output().get_field_by_name("next_page_token").is_some());
        assert!(has_no_side_effects(&method), "{}", method.full_name());
    }
    for method in methods().filter(|method| method.name().starts_with("Get")) {
        assert!(has_no_side_effects(&method), "{}", method.full_name());
    }
}

#[test]
fn calls_that_change_something_can_be_repeated_safely() {
    // Each of these is safe to repeat by its nature: it settles, extends or uploads what it names.
    let by_nature = [
        "AppendStream",
        "Heartbeat",
        "Attach",
        "WatchInstructions",
        "WatchOffers",
        "ExtendLease",
        "UploadChunk",
        "UploadChunks",
        "Consume",
        "Deliver",
        "Acknowledge",
        "Reject",
        "StreamReplay",
        "WaitForAnswer",
    ];
    for method in methods().filter(|method| !has_no_side_effects(method)) {
        assert!(
            by_nature.contains(&method.name()) || method.input().get_field_by_name("request_id").is_some(),
            "{}",
            method.full_name()
        );
    }
}

#[test]
fn an_event_is_small_to_move() {
    assert!(size_of::<RecordedEvent>() <= 768, "{}", size_of::<RecordedEvent>());
    assert_eq!(RecordedEvent::default().descriptor().full_name(), "god33.v1.RecordedEvent");
}

fn payload() -> MessageDescriptor {
    POOL.get_message_by_name("god33.v1.EventPayload").unwrap()
}

fn own_messages() -> impl Iterator<Item = MessageDescriptor> {
    POOL.all_messages().filter(|message| message.package_name() == PACKAGE)
}

fn field(message: &str, name: &str) -> prost_reflect::FieldDescriptor {
    let message = POOL.get_message_by_name(&format!("{PACKAGE}.{message}")).unwrap();
    message.get_field_by_name(name).unwrap()
}

fn methods() -> impl Iterator<Item = MethodDescriptor> {
    POOL.services().flat_map(|service| service.methods().collect::<Vec<_>>())
}

fn has_no_side_effects(method: &MethodDescriptor) -> bool {
    let options = method.method_descriptor_proto().options.as_ref();
    options.is_some_and(|options| {
        options.idempotency_level() == prost_types::method_options::IdempotencyLevel::NoSideEffects
    })
}
