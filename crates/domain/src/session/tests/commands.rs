//! What each command records.

use serde_json::{Value, json};

use super::asks::*;
use super::{events_of, said, told};
use crate::session::{ContextHealth, InstructionKind, Session, SessionStatus, instruction_id};
use crate::state::{Noun, StateKind};
use crate::testing::{MemoryLog, event};
use crate::{Refusal, Timestamp};

fn started() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log
}

fn payload(log: &MemoryLog, position: usize) -> Value {
    log.events[position].envelope.payload.read().unwrap()
}

#[test]
fn a_session_starts_with_what_was_said_about_it() {
    let mut log = MemoryLog::default();
    let workflow = event("bmad.workflow.started").of_workflow("w");
    log.record([&workflow]);
    let said = json!({
        "workflow_id": "w", "agent_type": "letta-python-dev", "agent_instance_id": "letta-python-dev-001",
        "checkpoint_id": "initial", "metadata": {"big": 1}, "session_id": "ignored",
    });
    let start = start_saying("s", &said);
    let answer = log
        .command(crate::session::StartSession { heartbeat_timeout: Some(30.0), agent_id: Some("a-1".into()), ..start })
        .unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.session.started".to_owned(), vec![])]);
    let expected = json!({
        "session_id": "s", "workflow_id": "w", "agent_type": "letta-python-dev",
        "agent_instance_id": "letta-python-dev-001", "checkpoint_id": "initial", "metadata": {"big": 1},
        "heartbeat_timeout_seconds": 30.0, "registered_agent_id": "a-1",
    });
    assert_eq!(payload(&log, 1), expected);
    let context: Value = log.events[1].envelope.agent_context.as_ref().unwrap().read().unwrap();
    let expected = json!({
        "type": "letta", "name": "letta-python-dev", "instance_id": "letta-python-dev-001", "checkpoint_id": "initial",
    });
    assert_eq!(context, expected);

    let session = answer.state::<Session>().unwrap();
    assert_eq!(*session, log.state("s"));
    assert_eq!((session.status, session.fencing_token), (Some(SessionStatus::Active), 1));
    assert_eq!((session.framework.as_str(), session.heartbeat_timeout), ("letta", 30.0));
    assert_eq!((session.agent_id.as_deref(), session.checkpoint_id.as_deref()), (Some("a-1"), Some("initial")));
    assert_eq!((session.version, session.position.get(), session.workflow_id.as_deref()), (1, 2, Some("w")));
    assert!(session.labels().contains(&"agent:letta-python-dev-001".to_owned()));
}

#[test]
fn the_framework_is_the_one_that_is_named_or_registered_or_begins_the_name_of_the_type() {
    let cases = [
        (None, "letta-python-dev", "letta"),
        (None, "agno", "agno"),
        (None, "Grand Chef", "custom"),
        (None, "handoff-maker", "custom"),
        (None, "-", "custom"),
        (Some("smolagents"), "letta-python-dev", "smolagents"),
    ];
    for (framework, agent_type, expected) in cases {
        let mut log = MemoryLog::default();
        let start = start_saying("s", &json!({"agent_type": agent_type}));
        log.command(crate::session::StartSession { framework: framework.map(str::to_owned), ..start }).unwrap();
        assert_eq!(log.state::<Session>("s").framework, expected, "{agent_type}");
        let answer = log.command(pause("s", "lunch")).unwrap();
        assert_eq!(told(&log, &answer)[0].0, format!("agent.{expected}.session.paused"));
    }
    for framework in ["", "Letta", "a.b", "handoff", "registry", &"x".repeat(101)] {
        let start = crate::session::StartSession { framework: Some(framework.into()), ..start("s") };
        let refusal = MemoryLog::default().command(start).unwrap_err();
        assert!(matches!(refusal, Refusal::InvalidField { field: "framework", .. }), "{framework}: {refusal}");
    }
}

#[test]
fn a_start_is_refused_for_what_it_says() {
    let refused = |start| MemoryLog::default().command(start).unwrap_err();
    let nobody = refused(start_saying("s", &json!({"agent_instance_id": "x"})));
    assert!(matches!(nobody, Refusal::InvalidField { field: "session.agent_type", .. }), "{nobody}");
    let lost = refused(start_saying("s", &json!({"agent_type": "letta", "workflow_id": "w"})));
    assert!(matches!(lost, Refusal::NotFound { kind: StateKind::Workflow, .. }), "{lost}");
    for seconds in [0.0, 0.99, 86_400.5, -1.0, f64::NAN, f64::INFINITY] {
        let silent = refused(crate::session::StartSession { heartbeat_timeout: Some(seconds), ..start("s") });
        assert!(matches!(silent, Refusal::InvalidField { field: "heartbeat_timeout", .. }), "{seconds}: {silent}");
    }
}

#[test]
fn a_session_waits_and_goes_on() {
    let mut log = started();
    log.command(save("s", "c-1")).unwrap();
    let paused = crate::session::PauseSession { checkpoint_id: Some("c-1".into()), ..pause("s", "out of tokens") };
    let answer = log.command(paused).unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.session.paused".to_owned(), vec![])]);
    let session: Session = log.state("s");
    assert_eq!((session.status, session.reason.as_deref()), (Some(SessionStatus::Paused), Some("out of tokens")));
    assert_eq!(session.pause_checkpoint_id.as_deref(), Some("c-1"));

    let unknown = crate::session::ResumeSession { resuming_from_checkpoint: Some("c-2".into()), ..resume("s") };
    let refusal = log.command(unknown).unwrap_err();
    assert!(matches!(refusal, Refusal::NotFound { kind: StateKind::Checkpoint, .. }), "{refusal}");

    let known = crate::session::ResumeSession { resuming_from_checkpoint: Some("c-1".into()), ..resume("s") };
    let answer = log.command(known).unwrap();
    assert_eq!(said(&log, answer.events[0].event_id, "resuming_from_checkpoint"), r#""c-1""#);
    let session: Session = log.state("s");
    assert_eq!(
        (session.status, session.reason, session.pause_checkpoint_id),
        (Some(SessionStatus::Active), None, None)
    );
}

#[test]
fn a_session_ends_after_its_last_checkpoint() {
    let mut log = started();
    let saved = log.command(save("s", "c-1")).unwrap().events[0].event_id;
    let complete = crate::session::CompleteSession {
        final_checkpoint_id: Some("c-1".into()),
        metrics: Some(json(&json!({"tokens_used": 7}))),
        ..complete("s")
    };
    let answer = log.command(complete).unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.session.completed".to_owned(), vec![saved])]);
    let session: Session = log.state("s");
    assert_eq!(session.status, Some(SessionStatus::Completed));
    assert_eq!(session.metrics.unwrap().as_str(), r#"{"tokens_used":7}"#);
    assert!(session.completed_at.is_some());
}

#[test]
fn a_failure_follows_from_the_newest_checkpoint() {
    let mut log = started();
    log.command(save("s", "c-1")).unwrap();
    let saved = log.command(save("s", "c-2")).unwrap().events[0].event_id;
    let answer = log.command(fail("s")).unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.session.failed".to_owned(), vec![saved])]);
    assert_eq!(said(&log, answer.events[0].event_id, "last_checkpoint_id"), r#""c-2""#);
    let session: Session = log.state("s");
    assert_eq!((session.status, session.reason.as_deref()), (Some(SessionStatus::Failed), Some("connection_timeout")));
    assert_eq!(session.failed_event_id, Some(answer.events[0].event_id));
}

#[test]
fn the_one_who_says_that_a_session_failed_may_name_its_last_checkpoint() {
    let mut log = started();
    let first = log.command(save("s", "c-1")).unwrap().events[0].event_id;
    log.command(save("s", "c-2")).unwrap();
    let fail = crate::session::FailSession { last_checkpoint_id: Some("c-1".into()), ..fail("s") };
    let answer = log.command(fail).unwrap();
    assert_eq!(told(&log, &answer)[0].1, [first]);
    assert_eq!(said(&log, answer.events[0].event_id, "last_checkpoint_id"), r#""c-1""#);
}

#[test]
fn a_silent_session_fails_only_when_its_time_is_over() {
    let mut log = started();
    let heard = log.now;
    log.now = heard.after_seconds(59.9);
    assert_eq!(log.command(fail_silent("s")).unwrap().events, []);
    assert_eq!(log.state::<Session>("s").status, Some(SessionStatus::Active));
    log.command(update("s", &json!({"summary": "it lives"}))).unwrap();
    log.now = heard.after_seconds(100.0);
    assert_eq!(log.command(fail_silent("s")).unwrap().events, []);
    log.now = heard.after_seconds(120.0);
    let answer = log.command(fail_silent("s")).unwrap();
    assert_eq!(told(&log, &answer)[0].0, "agent.letta.session.failed");
    assert_eq!(answer.state::<Session>().unwrap().status, Some(SessionStatus::Failed));
    assert_eq!(events_of(&log, &answer)[0].principal, "god33");
}

#[test]
fn what_others_say_about_a_session_is_no_sign_that_it_lives() {
    let mut log = started();
    log.command(save("s", "c-1")).unwrap();
    let heard: Session = log.state("s");
    log.now = log.now.after_seconds(50.0);
    log.command(instruct("s", InstructionKind::Message)).unwrap();
    log.command(pin("s", "c-1", true)).unwrap();
    let session: Session = log.state("s");
    assert_eq!(session.last_active_at, heard.last_active_at);
    assert_eq!(session.version, heard.version + 2);
    log.command(save("s", "c-2")).unwrap();
    assert_eq!(log.state::<Session>("s").last_active_at, log.now);
}

#[test]
fn a_context_is_measured_as_its_updates_say() {
    let mut log = started();
    let now = log.now;
    let mut health = |said: Value| {
        log.command(update("s", &said)).unwrap();
        log.state::<Session>("s").context_health
    };
    assert_eq!(health(json!({"summary": "no numbers"})), None);
    let measured =
        |context_tokens, context_limit| Some(ContextHealth { context_tokens, context_limit, measured_at: now });
    assert_eq!(health(json!({"context_tokens": 100, "context_limit": 200})), measured(100, 200));
    assert_eq!(health(json!({"context_tokens": 150})), measured(150, 200));
    assert_eq!(health(json!({"context_tokens": -1})), measured(150, 200));
    let update: Value = payload(&log, 2);
    assert_eq!(update["agent_instance_id"], "letta-python-dev-001");
}

#[test]
fn an_instruction_is_kept_under_an_id_that_is_known_before() {
    let mut log = started();
    let answer = log.command(instruct("s", InstructionKind::SaveCheckpoint)).unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.session.instructed".to_owned(), vec![])]);
    let event_id = answer.events[0].event_id;
    let session = answer.state::<Session>().unwrap();
    let [instruction] = session.instructions.as_slice() else { panic!("{session:?}") };
    assert_eq!(instruction.instruction_id, instruction_id(event_id, "s"));
    assert_eq!((instruction.kind.as_str(), instruction.reason.as_deref()), ("save-checkpoint", Some("lunch")));
    assert_eq!((instruction.sent_by.as_deref(), instruction.event_id), (Some("jarad"), event_id));
    assert_eq!(instruction.sent_at, log.now);
    assert_eq!(log.get(&event_id).envelope.agent_context, None);
}

#[test]
fn what_follows_from_other_events_is_not_sent_by_anybody() {
    for kind in InstructionKind::ALL {
        let answer = started().command(instruct("s", kind));
        let refused = matches!(answer, Err(Refusal::InvalidField { field: "kind", .. }));
        assert_eq!(refused, kind.is_consequence(), "{kind:?}");
        assert_eq!(InstructionKind::from_word(kind.as_str()), Some(kind));
    }
}

#[test]
fn only_the_newest_instructions_are_kept() {
    let mut log = started();
    let ids: Vec<String> = (0..70)
        .map(|_| instruction_id(log.command(instruct("s", InstructionKind::Message)).unwrap().events[0].event_id, "s"))
        .collect();
    let kept: Vec<String> = log.state::<Session>("s").instructions.into_iter().map(|i| i.instruction_id).collect();
    assert_eq!(kept, ids[6..]);
}

#[test]
fn an_agents_own_time_is_when_it_says_that_it_started() {
    let mut log = MemoryLog::default();
    let at = Timestamp::parse("2026-01-11T14:00:00Z").unwrap();
    let mut start = start("s");
    start.author.timestamp = Some(at);
    log.command(start).unwrap();
    let session: Session = log.state("s");
    assert_eq!((session.started_at, session.last_active_at), (at, log.now));
}

#[test]
fn a_registered_type_says_which_framework_runs_it() {
    let mut log = MemoryLog::default();
    let registered =
        event("agent.registry.type.registered").saying("agent_type", "python-dev").saying("framework", "agno");
    log.record([&registered]);
    log.command(start_saying("s", &json!({"agent_type": "python-dev"}))).unwrap();
    assert_eq!(log.state::<Session>("s").framework, "agno");
}

#[test]
fn a_session_that_promised_no_heartbeat_is_never_too_silent() {
    let mut log = MemoryLog::default();
    log.record([&event("agent.letta.session.started").in_session("s").saying("agent_type", "letta")]);
    log.now = log.now.after_seconds(1e6);
    assert_eq!(log.command(fail_silent("s")).unwrap().events, []);
}
