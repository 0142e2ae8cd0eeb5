#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::testing::{event, recorded};

fn line(event_type: &str, payload: &Value) -> String {
    summary(&recorded(event(event_type).payload(payload)))
}

#[test]
fn a_started_workflow_reads_as_in_the_seed() {
    assert_eq!(line("bmad.workflow.started", &json!({"project_name": "user-authentication"})), "Workflow initiated");
}

#[test]
fn the_seeds_payloads_read_as_sentences() {
    let handoff = json!({
        "from_agent": "bmad-architect", "to_agent": "letta-python-dev", "task_type": "implement_feature",
        "task_description": "Implement user authentication feature"
    });
    let saved = json!({"checkpoint_type": "progress", "summary": "Completed auth module implementation"});
    let started = json!({"initiator_agent": "director-of-engineering", "goal": "Standardize mise tasks"});
    let lines = [
        ("bmad.workflow.phase.completed", json!({"phase": "solutioning"}), "Solutioning phase completed"),
        (
            "bmad.workflow.handoff.requested",
            handoff,
            "Handoff requested to letta-python-dev: Implement user authentication feature",
        ),
        ("agent.letta.checkpoint.saved", saved, "Progress checkpoint saved: Completed auth module implementation"),
        ("agent.letta.session.failed", json!({"failure_reason": "timeout"}), "Session failed: timeout"),
        ("agent.letta.task.resumed", json!({"resuming_from": "checkpoint-123"}), "Task resumed from checkpoint-123"),
        (
            "agent.collaboration.started",
            started,
            "Collaboration started by director-of-engineering: Standardize mise tasks",
        ),
        (
            "director.mise.standardization.requested",
            json!({"target_services": ["service-a", "service-b"]}),
            "Standard mise tasks requested for service-a, service-b",
        ),
        (
            "agent.feedback.response",
            json!({"answered_by": "jarad", "decision": "Use JWT"}),
            "Question answered by jarad: Use JWT",
        ),
        ("mise.validation.completed", json!({"passed": false, "summary": "lint"}), "Validation failed: lint"),
    ];
    for (event_type, payload, expected) in lines {
        assert_eq!(line(event_type, &payload), expected, "{event_type}");
    }
}

#[test]
fn what_the_server_records_reads_as_sentences_too() {
    let lines = [
        (
            "agent.handoff.offered",
            json!({"to_agent": "letta-python-dev", "attempt": 2, "reason": "lease_expired"}),
            "Work offered again (attempt 2) to letta-python-dev: lease expired",
        ),
        (
            "agent.handoff.failed",
            json!({"attempt": 1, "final": false, "failure_reason": "the build broke"}),
            "Attempt 1 failed: the build broke",
        ),
        ("agent.handoff.failed", json!({"attempt": 3, "final": true, "failure_reason": "X"}), "Handoff failed: X"),
        ("agent.handoff.expired", json!({"reason": "not_accepted"}), "Handoff expired: not accepted"),
        (
            "agent.letta.session.failed",
            json!({"failure_reason": "connection_timeout"}),
            "Session failed: connection timeout",
        ),
        ("agent.letta.session.paused", json!({"reason": "awaiting_feedback"}), "Session paused: awaiting feedback"),
        (
            "agent.letta.session.instructed",
            json!({"instruction": "save-checkpoint", "sent_by": "ann", "reason": "a new node"}),
            "Session told to save a checkpoint by ann: a new node",
        ),
        (
            "agent.collaboration.update",
            json!({"agent_id": "letta-rust-dev", "delivered": true, "summary": "service-b builds"}),
            "Result delivered by letta-rust-dev: service-b builds",
        ),
        ("agent.collaboration.proposal.decided", json!({"votes": {}}), "Proposal ended without a decision"),
        (
            "director.service.delegation.failed",
            json!({"service": "service-a", "failure_reason": "no tests"}),
            "Delegation failed for service-a: no tests",
        ),
        (
            "agent.registry.agent.state.changed",
            json!({"state": "draining", "reason": "a new version"}),
            "Agent changed its state to draining: a new version",
        ),
        ("agent.letta.checkpoint.pinned", json!({"checkpoint_id": "before_merge"}), "Checkpoint pinned: before_merge"),
    ];
    for (event_type, payload, expected) in lines {
        assert_eq!(line(event_type, &payload), expected, "{event_type}");
    }
}

#[test]
fn upstreams_feedback_reads_as_well_as_the_seeds() {
    let asked = json!({"agent_id": "python-dev", "message": "JWT or cookies?", "tags": []});
    assert_eq!(line("agent.feedback.requested", &asked), "Question asked by python-dev: JWT or cookies?");
    let answered = json!({"agent_id": "python-dev", "response": "Use JWT", "status": "ok"});
    assert_eq!(line("agent.feedback.response", &answered), "Question answered: Use JWT");
}

#[test]
fn the_framework_in_a_type_makes_no_difference() {
    let payload = json!({"checkpoint_type": "pre-feedback"});
    for framework in ["letta", "agno", "cack"] {
        let event_type = format!("agent.{framework}.checkpoint.saved");
        assert_eq!(line(&event_type, &payload), "Pre-feedback checkpoint saved");
    }
}

#[test]
fn an_unknown_type_is_spelled_out() {
    assert_eq!(line("fireflies.transcriptReady", &json!({})), "Fireflies transcript ready");
    assert_eq!(line("agent.cack.message_received", &json!([1])), "Agent cack message received");
    assert_eq!(line("agent.grolf.status", &json!({"status": "active"})), "Agent grolf status: active");
    assert_eq!(line("agent.handoff", &json!({})), "Agent handoff");
}

/// Every event type of the seed and of the contract beside it has words of its own.
#[test]
fn every_type_of_the_contract_has_a_rule() {
    for event_type in CONTRACT {
        let event = recorded(event(event_type));
        let words = Words::of(&event);
        let kind = kind_of(event_type);
        assert!(coordination::line(kind, &words).or_else(|| execution::line(kind, &words)).is_some(), "{event_type}");
        assert!(!summary(&event).ends_with(':'), "{event_type}");
    }
}

const CONTRACT: [&str; 68] = [
    "bmad.workflow.started",
    "bmad.workflow.phase.completed",
    "bmad.workflow.phase.skipped",
    "bmad.workflow.handoff.requested",
    "bmad.workflow.validation.requested",
    "bmad.workflow.validation.completed",
    "bmad.workflow.completed",
    "bmad.workflow.failed",
    "bmad.workflow.cancelled",
    "agent.handoff.requested",
    "agent.handoff.offered",
    "agent.handoff.accepted",
    "agent.handoff.declined",
    "agent.handoff.expired",
    "agent.handoff.cancelled",
    "agent.handoff.progress",
    "agent.handoff.blocked",
    "agent.handoff.unblocked",
    "agent.handoff.completed",
    "agent.handoff.failed",
    "agent.letta.session.started",
    "agent.letta.session.paused",
    "agent.letta.session.resumed",
    "agent.letta.session.completed",
    "agent.letta.session.failed",
    "agent.letta.session.recovery.started",
    "agent.letta.session.instructed",
    "agent.letta.checkpoint.saved",
    "agent.letta.checkpoint.pinned",
    "agent.letta.checkpoint.unpinned",
    "agent.letta.checkpoint.deleted",
    "agent.letta.context.updated",
    "agent.letta.context.restored",
    "agent.letta.task.completed",
    "agent.letta.task.blocked",
    "agent.letta.task.resumed",
    "agent.letta.task.failed",
    "agent.feedback.requested",
    "agent.feedback.response",
    "agent.feedback.cancelled",
    "agent.feedback.expired",
    "agent.feedback.delegated",
    "agent.feedback.escalated",
    "agent.collaboration.started",
    "agent.collaboration.participant.joined",
    "agent.collaboration.participant.left",
    "agent.collaboration.update",
    "agent.collaboration.context.updated",
    "agent.collaboration.proposal.created",
    "agent.collaboration.proposal.voted",
    "agent.collaboration.proposal.decided",
    "agent.collaboration.deadlock.detected",
    "agent.collaboration.completed",
    "agent.collaboration.failed",
    "director.cross-service.task.created",
    "director.cross-service.task.completed",
    "director.cross-service.task.failed",
    "director.cross-service.task.cancelled",
    "director.mise.standardization.requested",
    "director.service.delegation.requested",
    "director.service.delegation.failed",
    "mise.pattern.defined",
    "mise.validation.requested",
    "mise.validation.completed",
    "agent.registry.type.registered",
    "agent.registry.agent.created",
    "agent.registry.agent.state.changed",
    "agent.registry.task.assigned",
];

#[test]
fn control_characters_and_marks_that_turn_the_line_are_left_out() {
    let payload = json!({"question": "a\u{0}b\r\n\tc\u{1b}[31m \u{202e}d\u{2029}e", "from_agent": "x"});
    assert_eq!(line("agent.feedback.requested", &payload), "Question asked by x: a b c [31m d e");
}

#[test]
fn a_long_line_is_cut_and_says_so() {
    let cut = line("agent.feedback.requested", &json!({"question": "ü".repeat(500)}));
    assert_eq!(cut.chars().count(), LIMIT);
    assert!(cut.ends_with('…'));
}

/// JSON that no schema foresees: any value in any member that a rule reads.
fn any_payload() -> impl Strategy<Value = String> {
    let member = prop::sample::select(vec![
        "phase",
        "summary",
        "reason",
        "to_agent",
        "cycle",
        "passed",
        "attempt",
        "progress_pct",
        "target_services",
        "service",
        "question",
        "\\ud800",
    ]);
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("1e400".to_owned()),
        Just("-0".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        Just("[{\"agent_id\":1},\"x\",[]]".to_owned()),
        any::<bool>().prop_map(|b| b.to_string()),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let object = prop::collection::vec((member, value.clone()), 0..6).prop_map(|members| {
        let members: Vec<String> = members.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", members.join(","))
    });
    prop_oneof![object, value]
}

proptest! {
    #[test]
    fn no_payload_breaks_the_line(event_type in prop_oneof![
        prop::sample::select(CONTRACT.to_vec()).prop_map(str::to_owned),
        "[a-zA-ZäÜ._-]{1,300}",
    ], payload in any_payload()) {
        let line = summary(&recorded(event(&event_type).raw_payload(&payload)));
        prop_assert!(line.chars().count() <= LIMIT);
        prop_assert!(!line.chars().any(char::is_control));
    }
}
