//! Asking for work.

use super::*;

fn create(handoff: Value) -> CreateHandoff {
    CreateHandoff { author: author(), handoff: json_text(handoff) }
}

#[test]
fn a_request_without_ids_gets_that_of_its_event() {
    let mut team = Team::of(&["s-1"]);
    let create = create(json!({"to_agent": "letta-qa", "session_id": "s-1"}));
    let id = create.author.event_id.to_string();
    let answer = team.ask(create).unwrap();
    let handoff = team.work(&id);
    assert_eq!(answer.state(), Some(&handoff));
    assert_eq!(
        (handoff.task_id.as_str(), handoff.origin, handoff.state),
        (id.as_str(), Origin::Peer, HandoffState::Offered)
    );
    assert_eq!((handoff.attempt, handoff.max_attempts, handoff.lease_seconds), (1, 3, 60.0));
    assert_eq!(handoff.from_agent.as_deref(), Some("letta-python-dev"), "the type of the asking session's agent");
    assert_eq!(handoff.asking_session.as_deref(), Some("s-1"));
    assert_eq!(team.newest(1)[0], ("agent.handoff.requested".into(), vec![]));
}

#[test]
fn who_asks_for_help_with_work_asks_because_of_that_work() {
    let mut team = Team::of(&["s-1"]);
    team.request(WORK);
    team.accept("s-1", WORK).unwrap();
    let accepted = team.newest_id();
    let id = "0198f1d0-0000-7000-8000-000000000002";
    team.ask(create(json!({"to_agent": "letta-qa", "session_id": "s-1", "handoff_id": id}))).unwrap();
    assert_eq!(team.newest(1)[0].1, [accepted]);
    let handoff = team.work(id);
    assert_eq!(handoff.workflow_id.as_deref(), Some("w-1"), "it is work of the same workflow");
    assert_eq!(handoff.fairness_key, "w-1");
    assert_eq!(team.work(WORK).state, HandoffState::Accepted);
}

#[test]
fn all_terms_are_kept() {
    let mut team = Team::of(&["s-1"]);
    team.log.record([&event("agent.letta.checkpoint.saved")
        .in_session("s-1")
        .saying("checkpoint_id", "checkpoint-7")
        .saying("schema_version", "2")]);
    let checkpoint = team.newest_id();
    team.ask(create(json!({
        "handoff_id": WORK, "task_id": "t-1", "workflow_id": "w-1", "session_id": "s-1", "from_agent": "letta-rust-dev",
        "to_agent": "review", "to_kind": "capability", "task_type": "code_review", "task_description": "look at it",
        "context": {"n": 1}, "deadline": "2026-01-12T00:00:00Z", "priority": "high", "fairness_key": "team-a",
        "lease_seconds": 0.5, "stall_seconds": 30, "max_attempts": 5, "checkpoint_id": "checkpoint-7",
    })))
    .unwrap();
    let handoff = team.work(WORK);
    assert_eq!((handoff.to_agent.as_str(), handoff.to_kind), ("review", Some(TargetKind::Capability)));
    assert_eq!((handoff.task_id.as_str(), handoff.task_type.as_deref()), ("t-1", Some("code_review")));
    assert_eq!(handoff.task_description.as_deref(), Some("look at it"));
    assert_eq!(handoff.context.as_ref().map(JsonText::as_str), Some(r#"{"n":1}"#));
    assert_eq!(handoff.deadline, Some(Timestamp::parse("2026-01-12T00:00:00Z").unwrap()));
    assert_eq!((handoff.priority, handoff.fairness_key.as_str()), (Priority::High, "team-a"));
    assert_eq!((handoff.lease_seconds, handoff.stall_after, handoff.max_attempts), (0.5, Some(30.0), 5));
    assert_eq!((handoff.from_agent.as_deref(), handoff.workflow_id.as_deref()), (Some("letta-rust-dev"), Some("w-1")));
    assert_eq!((handoff.checkpoint_event_id, handoff.checkpoint_schema.as_deref()), (Some(checkpoint), Some("2")));
    assert_eq!(handoff.due(), handoff.deadline);
}

#[test]
fn a_request_that_makes_no_sense_is_refused() {
    let mut team = Team::default();
    for (asked, expected) in [
        (json!({}), "handoff.to_agent"),
        (json!({"to_agent": ""}), "handoff.to_agent"),
        (json!({"to_agent": "a", "lease_seconds": 0}), "handoff.lease_seconds"),
        (json!({"to_agent": "a", "stall_seconds": -1}), "handoff.stall_seconds"),
        (json!({"to_agent": "a", "max_attempts": 0}), "handoff.max_attempts"),
        (json!({"to_agent": "a", "deadline": "2026-01-11T14:30:00Z"}), "handoff.deadline"),
    ] {
        let refused = team.ask(create(asked.clone()));
        let field = match refused.as_ref().unwrap_err() {
            Refusal::InvalidField { field, .. } | Refusal::DeadlineInPast { field, .. } => field,
            other => unreachable!("{other}"),
        };
        assert_eq!(*field, expected, "{asked}");
    }
    assert!(team.log.states.is_empty() && team.log.events.is_empty());
}

#[test]
fn an_id_stands_for_one_request() {
    let mut team = Team::default();
    let asked = json!({"to_agent": "a", "handoff_id": WORK, "context": {"a": 1, "b": 2}});
    team.ask(create(asked.clone())).unwrap();
    let (states, kind) = (team.log.states.clone(), crate::state::StateKind::Handoff);
    let others =
        [("to_agent", "b"), ("workflow_id", "w-2"), ("from_agent", "c"), ("task_id", "t-2"), ("priority", "low")];
    for (member, value) in others {
        let mut other = asked.clone();
        other[member] = value.into();
        let refused = team.ask(create(other));
        assert_eq!(refused, Err(Refusal::Exists { kind, id: WORK.into() }), "{member}");
    }
    let same = CreateHandoff {
        handoff: JsonText::parse(format!(r#"{{"handoff_id":"{WORK}","context":{{"b":2, "a":1}},"to_agent":"a"}}"#))
            .unwrap(),
        author: author(),
    };
    let answer = team.ask(same).unwrap();
    assert_eq!((answer.events.len(), answer.state()), (0, Some(&team.work(WORK))), "asked twice, made once");
    assert_eq!((&team.log.states, team.log.events.len()), (&states, 1));
}
