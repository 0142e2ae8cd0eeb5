//! What comes over the bus, where nothing is refused.

use super::*;

#[test]
fn a_start_that_arrives_late_finds_who_came_before() {
    let mut log = MemoryLog::default();
    let joined = told("participant.joined").saying("agent_id", "letta-rust-dev").saying("role", "reviewer");
    log.record([&joined]);
    assert_eq!(state(&log).started_event_id, None);
    log.command(start_with(json!({}))).unwrap();
    let collaboration = state(&log);
    let seats: Vec<_> = collaboration
        .participants
        .iter()
        .map(|seat| (seat.agent_id.as_str(), seat.state, seat.role.as_deref()))
        .collect();
    use ParticipantState::{Invited, Joined};
    let expected = [
        ("mise-architect", Invited, Some("orchestrator")),
        ("letta-python-dev", Invited, Some("implementer")),
        ("letta-rust-dev", Joined, Some("reviewer")),
    ];
    assert_eq!(seats, expected);
    assert_eq!((collaboration.anomalies, collaboration.leader.as_deref()), (0, Some("mise-architect")));
}

#[test]
fn an_event_that_names_no_collaboration_belongs_to_that_of_its_cause() {
    let (mut log, started) = started_with(json!({}));
    let joined =
        event("agent.collaboration.participant.joined").caused_by(&started).saying("agent_id", "mise-architect");
    log.record([&joined]);
    assert_eq!(state(&log).participants[0].state, ParticipantState::Joined);
}

#[test]
fn an_event_counts_once_however_late_its_causes_come() {
    let (mut log, _) = started_with(json!({}));
    let cause = event("agent.feedback.requested").saying("question", "?").in_session("s-1");
    let report = told("update").saying("agent_id", "letta-rust-dev").saying("progress_pct", 10).caused_by(&cause);
    log.record([&report]);
    let before = state(&log);
    log.record([&cause]);
    assert_eq!(state(&log), before);
}

#[test]
fn work_counts_as_delivered_once_it_is_known_what_it_was_for() {
    let (mut log, started) = started_with(json!({}));
    let delegated =
        event("director.service.delegation.requested").caused_by(&started).saying("to_agent", "letta-rust-dev");
    let done = event("agent.letta.task.completed").caused_by(&delegated).saying("summary", "service-b builds");
    let done = done.saying("agent_instance_id", "letta-rust-dev");
    log.record([&done]);
    assert_eq!(state(&log).participants[2].state, ParticipantState::Invited);
    log.record([&delegated]);
    let seat = state(&log).participants[2].clone();
    assert_eq!((seat.state, seat.summary.as_deref()), (ParticipantState::Delivered, Some("service-b builds")));
    let again = event("agent.letta.task.completed").caused_by(&delegated).saying("agent_instance_id", "a-stranger");
    let before = state(&log);
    log.record([&again.saying("handoff_id", "h-9")]);
    assert_eq!(state(&log).deliveries.len(), before.deliveries.len(), "a stranger delivers nothing");
}

#[test]
fn what_a_state_machine_would_refuse_is_counted_and_changes_nothing_else() {
    let (mut log, _) = joined_with(json!({}));
    let before = state(&log);
    let strange = [
        told("started").saying("goal", "another"),
        told("participant.joined").saying("agent_id", "letta-rust-dev"),
        told("participant.left").saying("agent_id", "a-stranger"),
        told("update").saying("agent_id", "a-stranger"),
        told("context.updated").saying("value", 1),
        told("proposal.voted").saying("proposal_id", "p-9").saying("agent_id", "letta-rust-dev"),
        told("proposal.decided").saying("proposal_id", "p-9"),
    ];
    log.record(&strange);
    let after = state(&log);
    assert_eq!(after.anomalies, strange.len() as u64);
    let unmoved = Collaboration { anomalies: 0, version: before.version, position: before.position, ..after.clone() };
    assert_eq!(unmoved, before);
    assert_eq!(after.version, before.version + strange.len() as u64);
}

#[test]
fn after_the_end_nothing_moves_it() {
    let (mut log, _) = joined_with(json!({}));
    log.command(fail(DIRECTOR)).unwrap();
    let done = event("agent.letta.task.completed")
        .saying("collaboration_id", ID)
        .saying("agent_instance_id", "letta-rust-dev");
    let check = event("mise.validation.completed").saying("collaboration_id", ID);
    log.record([&done, &check, &told("completed")]);
    let collaboration = state(&log);
    assert_eq!((collaboration.state, collaboration.anomalies), (CollaborationState::Failed, 1));
    assert_eq!((collaboration.deliveries.len(), collaboration.validation_event_id), (0, None));
}

#[test]
fn words_that_cannot_be_read_are_left_out_and_spoil_no_others() {
    let odd = format!(
        r#"{{"collaboration_id":"{ID}","participants":["a",7,{{"role":"x"}},{{"agent_id":"b","role":9,"responsibilities":"c"}},"\ud800"],"shared_context":{{"k":1e400,"a\u0000b":1}},"deadline":"soon","goal":"\udfff"}}"#
    );
    let mut log = MemoryLog::default();
    log.record([&told("started").raw_payload(&odd)]);
    let collaboration = state(&log);
    let names: Vec<&str> = collaboration.participants.iter().map(|seat| seat.agent_id.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!((collaboration.goal, collaboration.deadline), (None, None));
    let keys: Vec<&str> = collaboration.shared_context.iter().map(|value| value.key.as_str()).collect();
    assert_eq!(keys, ["k"]);
}
