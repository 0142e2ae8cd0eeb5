use super::*;

#[test]
fn who_joins_leaves_and_comes_back_keeps_its_place() {
    let (mut log, started) = started_with(json!({}));
    let joined = first(log.command(join("letta-python-dev")));
    assert_eq!(causes(&log, joined), [started]);
    let left =
        first(log.command(LeaveCollaboration { reason: Some("another task".into()), ..leave("letta-python-dev") }));
    assert_eq!(causes(&log, left), [started]);
    let expected = json!({"collaboration_id": ID, "agent_id": "letta-python-dev", "reason": "another task"});
    assert_eq!(payload(&log, left), expected);
    assert_eq!(state(&log).participants[1].state, ParticipantState::Left);
    log.command(join("letta-python-dev")).unwrap();
    log.command(join("letta-ts-dev")).unwrap();
    let names: Vec<String> = state(&log).participants.into_iter().map(|seat| seat.agent_id).collect();
    assert_eq!(names, ["mise-architect", "letta-python-dev", "letta-rust-dev", "letta-ts-dev"]);
    assert_eq!(state(&log).participants[1].responsibilities, ["service-a"], "an invitation's words stay");
}

#[test]
fn nobody_joins_twice() {
    let (mut log, _) = started_with(json!({}));
    let participant = json_text(&json!({"agent_id": "letta-rust-dev", "session_id": "s-1"}));
    log.command(JoinCollaboration { participant, ..join("") }).unwrap();
    let refusal = Refusal::AlreadyJoined {
        collaboration_id: ID.into(),
        agent_id: "letta-rust-dev".into(),
        session_id: Some("s-1".into()),
    };
    assert_eq!(log.command(join("letta-rust-dev")), Err(refusal.clone()));
    let participant = json_text(&json!({"agent_id": "letta-rust-dev", "session_id": "s-2"}));
    assert_eq!(log.command(JoinCollaboration { participant, ..join("") }), Err(refusal));
}

#[test]
fn the_strategy_says_who_leads() {
    let leader = |words: Value| state(&joined_with(words).0).leader;
    assert_eq!(leader(json!({})).as_deref(), Some("mise-architect"));
    assert_eq!(leader(json!({"participants": ["a", "b"]})).as_deref(), Some(DIRECTOR));
    assert_eq!(leader(json!({"coordination_strategy": "peer"})), None);
    let pipeline = json!({"coordination_strategy": "pipeline", "participants": ["letta-ts-dev", "mise-architect"]});
    assert_eq!(leader(pipeline).as_deref(), Some("letta-ts-dev"));
    let (mut log, _) = joined_with(json!({}));
    log.command(leave("mise-architect")).unwrap();
    assert_eq!(state(&log).leader.as_deref(), Some(DIRECTOR), "who left leads no more");
}

#[test]
fn a_start_that_says_what_cannot_be_is_refused() {
    let mut log = MemoryLog::default();
    let twice = log.command(start_with(json!({"participants": ["a", {"agent_id": "a"}]})));
    assert!(matches!(twice, Err(Refusal::InvalidField { field: "collaboration.participants", .. })), "{twice:?}");
    let late = log.command(start_with(json!({"deadline": "2026-01-01T00:00:00Z"})));
    assert!(matches!(late, Err(Refusal::DeadlineInPast { field: "collaboration.deadline", .. })), "{late:?}");
    let many: Vec<String> = (0..=MOST_PARTICIPANTS).map(|number| format!("agent-{number}")).collect();
    let many = log.command(start_with(json!({"participants": many})));
    assert!(matches!(many, Err(Refusal::QuotaExceeded { .. })), "{many:?}");
    assert!(log.events.is_empty());
}

#[test]
fn a_collaboration_without_an_id_gets_that_of_its_event() {
    let mut log = MemoryLog::default();
    let started = first(log.command(start_with(json!({"collaboration_id": ""}))));
    assert_eq!(payload(&log, started)["collaboration_id"], started.to_string());
    let collaboration: Collaboration = log.state(&started.to_string());
    assert_eq!(collaboration.started_event_id, Some(started));
}

#[test]
fn a_report_is_shown_and_a_delivery_counts() {
    let (mut log, started) = joined_with(json!({}));
    let report = update("letta-rust-dev", json!({"summary": "builds", "progress_pct": 40.5}));
    let report = first(log.command(report));
    assert_eq!(causes(&log, report), [started]);
    let seat = state(&log).participants[2].clone();
    assert_eq!((seat.progress_pct, seat.summary.as_deref()), (Some(40.5), Some("builds")));
    assert_eq!(seat.state, ParticipantState::Joined);
    log.command(update("letta-rust-dev", json!({"artifacts": [{"path": "a"}]}))).unwrap();
    log.command(update("letta-rust-dev", json!({"delivered": true, "artifacts": [{"path": "b"}]}))).unwrap();
    let seat = state(&log).participants[2].clone();
    assert_eq!(seat.state, ParticipantState::Delivered);
    assert_eq!(seat.artifacts.unwrap().as_str(), r#"[{"path":"a"},{"path":"b"}]"#);
}
