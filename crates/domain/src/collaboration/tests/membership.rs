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

#[test]
fn a_state_stays_of_a_size_that_everybody_reads() {
    let (mut log, _) = joined_with(json!({}));
    let large =
        |agent: &str| update(agent, json!({"result": {"text": "x".repeat(700 << 10)}, "summary": "y".repeat(5_000)}));
    log.command(large("letta-python-dev")).unwrap();
    let second = first(log.command(large("letta-rust-dev")));
    let seats = state(&log).participants;
    assert!(seats[1].result.as_ref().unwrap().as_str().len() > 700 << 10);
    assert_eq!(seats[2].result.as_ref().unwrap().as_str(), json!({"event_id": second.to_string()}).to_string());
    assert_eq!(seats[2].summary.as_ref().unwrap().len(), 1_000);

    log.command(propose("letta-rust-dev", json!({"proposal": "z".repeat(200 << 10)}))).unwrap();
    let another = json!({"proposal": "z".repeat(100 << 10), "proposal_id": ""});
    let full = log.command(propose("letta-rust-dev", another.clone()));
    assert!(matches!(full, Err(Refusal::QuotaExceeded { .. })), "{full:?}");
    log.record([&told("proposal.decided").saying("proposal_id", PROPOSAL)]);
    log.command(propose("letta-rust-dev", another)).unwrap();
    assert_eq!(state(&log).proposals.len(), 1, "what is decided makes room");

    let half = "x".repeat(MOST_CONTEXT_BYTES * 2 / 3);
    let shares = |key: &str| told("context.updated").saying("key", key).saying("value", half.as_str());
    log.record([&shares("a"), &shares("b")]);
    assert_eq!((state(&log).shared_context.len(), state(&log).anomalies), (1, 1));
}

/// A session of an instance of a type.
fn session(id: &str, agent_type: &str, instance: &str) -> EventStory {
    let started = event("agent.letta.session.started").in_session(id).saying("agent_type", agent_type);
    started.saying("agent_instance_id", instance)
}

fn join_in(agent: &str, session: &str) -> JoinCollaboration {
    let participant = json_text(&json!({"agent_id": agent, "session_id": session}));
    JoinCollaboration { participant, ..join("") }
}

fn names(log: &MemoryLog) -> Vec<String> {
    state(log).participants.into_iter().map(|seat| seat.agent_id).collect()
}

#[test]
fn an_instance_takes_the_place_of_its_type_and_goes_by_both_names() {
    let (mut log, _) = started_with(json!({}));
    log.record([&session("s-1", "letta-rust-dev", "letta-rust-dev-001")]);
    log.command(join_in("letta-rust-dev-001", "s-1")).unwrap();
    assert_eq!(names(&log), ["mise-architect", "letta-python-dev", "letta-rust-dev"]);
    assert_eq!(state(&log).participants[2].session_id.as_deref(), Some("s-1"));
    log.command(update("letta-rust-dev-001", json!({"progress_pct": 10}))).unwrap();
    log.command(update("letta-rust-dev", json!({"summary": "builds"}))).unwrap();
    let seat = state(&log).participants[2].clone();
    assert_eq!((seat.progress_pct, seat.summary.as_deref()), (Some(10.0), Some("builds")));
    log.command(propose("letta-rust-dev-001", json!({}))).unwrap();
    log.command(vote("letta-rust-dev-001", "yes")).unwrap();
    let again = Refusal::AlreadyVoted { proposal_id: PROPOSAL.into(), agent_id: "letta-rust-dev".into() };
    assert_eq!(log.command(vote("letta-rust-dev", "yes")), Err(again), "it is one participant under both names");
    assert_eq!(state(&log).anomalies, 0);
}

#[test]
fn a_second_instance_of_a_type_takes_part_under_its_own_name() {
    let (mut log, _) = started_with(json!({}));
    log.record([&session("s-1", "letta-rust-dev", "letta-rust-dev-001")]);
    log.record([&session("s-2", "letta-rust-dev", "letta-rust-dev-002")]);
    log.command(join_in("letta-rust-dev-001", "s-1")).unwrap();
    log.command(join_in("letta-rust-dev-002", "s-2")).unwrap();
    assert_eq!(names(&log)[3], "letta-rust-dev-002");
    let done = event("agent.letta.task.completed").saying("collaboration_id", ID).in_session("s-2");
    log.record([&done.saying("agent_instance_id", "letta-rust-dev-002")]);
    let states: Vec<ParticipantState> = state(&log).participants.iter().map(|seat| seat.state).collect();
    assert_eq!(states[2..], [ParticipantState::Joined, ParticipantState::Delivered]);
}

#[test]
fn who_leads_may_end_it_under_the_name_of_its_instance() {
    let (mut log, _) = started_with(json!({}));
    log.record([&session("s-1", "mise-architect", "mise-architect-001")]);
    log.command(join_in("mise-architect-001", "s-1")).unwrap();
    let forced = |agent: &str| CompleteCollaboration { force: true, ..complete(agent) };
    assert!(matches!(log.command(forced("letta-rust-dev")), Err(Refusal::NotTheLeader { .. })));
    log.command(forced("mise-architect-001")).unwrap();
}

#[test]
fn whose_session_is_over_comes_back_with_another_one() {
    let (mut log, _) = started_with(json!({}));
    log.record([&session("s-1", "letta-rust-dev", "letta-rust-dev-001")]);
    log.record([&session("s-2", "letta-rust-dev", "letta-rust-dev-002")]);
    log.command(join_in("letta-rust-dev", "s-1")).unwrap();
    assert!(matches!(log.command(join_in("letta-rust-dev", "s-2")), Err(Refusal::AlreadyJoined { .. })));
    log.record([&event("agent.letta.session.failed").in_session("s-1")]);
    log.command(join_in("letta-rust-dev", "s-2")).unwrap();
    assert_eq!(state(&log).participants[2].session_id.as_deref(), Some("s-2"));
    assert_eq!(state(&log).anomalies, 0);
}

#[test]
fn a_session_that_an_event_inherits_says_nothing_about_who_acts() {
    let mut log = MemoryLog::default();
    log.record([&session("s-1", "letta-rust-dev", "letta-rust-dev-001")]);
    let started = told("started").saying("participants", json!(["letta-rust-dev"])).in_session("s-1");
    log.record([&started, &told("update").caused_by(&started).saying("agent_id", "a-stranger")]);
    assert_eq!(state(&log).anomalies, 1);
    assert_eq!(state(&log).participants[0].state, ParticipantState::Invited);
}
