//! The seed's patterns, event for event, and the other ways from hand to hand.

use super::*;

fn saved(session: &str, name: &str, cause: EventId) -> EventStory {
    event("agent.letta.checkpoint.saved").in_session(session).saying("checkpoint_id", name).caused_by(&cause)
}

#[test]
fn a_workflow_hands_work_over_as_in_the_seeds_first_pattern() {
    let mut team = Team::of(&["s-1"]);
    let asked = team.request(WORK);
    team.ask(AcceptHandoff { estimated_checkpoints: Some(3), ..accept("s-1", WORK) }).unwrap();
    let accepted = team.newest_id();
    assert_eq!(team.newest(1), [("agent.handoff.accepted".into(), vec![asked])]);
    let expected = json!({
        "handoff_id": WORK, "from_agent": "letta-python-dev", "session_id": "s-1", "agent_instance_id": instance("s-1"),
        "workflow_id": "w-1", "attempt": 1, "fencing_token": 1, "estimated_checkpoints": 3,
    });
    assert_eq!(team.newest_payload(), expected);
    let lease = team.work(WORK).lease.unwrap();
    assert_eq!((lease.session_id.as_deref(), lease.fencing_token, lease.duration_ms), (Some("s-1"), 1, 60_000));
    assert_eq!((lease.agent, lease.since), (Some(instance("s-1")), team.log.now));
    let checkpoint = saved("s-1", "checkpoint-1", accepted);
    team.log.record([&checkpoint]);
    assert_eq!(team.work(WORK).checkpoint_id.as_deref(), Some("checkpoint-1"));
    team.ask(complete(WORK, 1)).unwrap();
    let causes = vec![accepted, checkpoint.envelope.event_id];
    assert_eq!(team.newest(1), [("agent.letta.task.completed".into(), causes)]);
    let payload = team.newest_payload();
    assert_eq!((&payload["task_id"], &payload["final_checkpoint_id"]), (&json!(WORK), &json!("checkpoint-1")));
    let done = team.work(WORK);
    assert_eq!((done.state, done.next_action.as_deref()), (HandoffState::Completed, Some("qa_review")));
    assert_eq!(done.artifacts.unwrap().as_str(), r#"[{"path":"src/auth.py","type":"code"}]"#);
    assert_eq!((done.lease, done.outcome_event_id), (None, Some(team.newest_id())));
    assert_eq!(done.previous_session.as_deref(), Some("s-1"));
}

#[test]
fn a_session_that_takes_the_work_of_a_failed_one_recovers_it_as_in_the_seeds_third_pattern() {
    let mut team = Team::of(&["s-1", "s-2"]);
    let asked = team.request(WORK);
    team.accept("s-1", WORK).unwrap();
    let checkpoint = saved("s-1", "checkpoint-123", team.newest_id());
    let failed = event("agent.letta.session.failed").in_session("s-1").caused_by(&checkpoint);
    team.log.record([&checkpoint, &failed.clone().saying("failure_reason", "connection_timeout")]);
    let waiting = team.work(WORK);
    assert_eq!((waiting.state, waiting.attempt, waiting.lease), (HandoffState::Offered, 2, None));
    assert_eq!(waiting.failed_session.as_deref(), Some("s-1"));
    team.ask(decline("s-2", WORK)).unwrap();
    team.start("s-3");
    team.accept("s-3", WORK).unwrap();
    let failed = failed.envelope.event_id;
    assert_eq!(team.newest(1), [("agent.letta.session.recovery.started".into(), vec![failed])]);
    let payload = team.newest_payload();
    assert_eq!((&payload["new_session_id"], &payload["failed_session_id"]), (&json!("s-3"), &json!("s-1")));
    assert_eq!(payload["recovering_from_checkpoint"], "checkpoint-123");
    let started = team.newest_id();
    let held = team.work(WORK);
    assert_eq!((held.holder(), held.fencing_token, held.state), (Some("s-3"), 2, HandoffState::Accepted));
    assert_eq!((held.accepted_event_id, held.failed_session), (Some(started), None));
    let restored = event("agent.letta.context.restored").in_session("s-3").caused_by(&started);
    let resumed = event("agent.letta.task.resumed").in_session("s-3").caused_by(&restored);
    team.log.record([&restored, &resumed, &saved("s-3", "checkpoint-124", resumed.envelope.event_id)]);
    team.ask(complete(WORK, 2)).unwrap();
    let causes = vec![asked, checkpoint.envelope.event_id, resumed.envelope.event_id];
    assert_eq!(team.newest(1), [("agent.letta.task.completed".into(), causes)]);
}

#[test]
fn who_takes_recovered_work_from_its_second_holder_starts_from_its_offer() {
    let mut team = Team::of(&["s-1", "s-2", "s-3"]);
    team.request(WORK);
    team.accept("s-1", WORK).unwrap();
    team.log.record([&event("agent.letta.session.failed").in_session("s-1")]);
    team.accept("s-2", WORK).unwrap();
    team.ask(complete(WORK, 1)).unwrap_err();
    assert!(team.work(WORK).recovery.is_some());
    team.ask(release(WORK, 2)).unwrap();
    team.accept("s-3", WORK).unwrap();
    let accepted = team.newest_id();
    team.ask(complete(WORK, 3)).unwrap();
    assert_eq!(team.newest(1), [("agent.letta.task.completed".into(), vec![accepted])]);
}

#[test]
fn a_recovery_that_was_asked_for_brings_all_work_of_the_failed_session() {
    let mut team = Team::of(&["s-1"]);
    for id in ["h-1", "h-2"] {
        team.request(id);
        team.accept("s-1", id).unwrap();
    }
    let failed = event("agent.letta.session.failed").in_session("s-1");
    let heir = event("agent.letta.session.recovery.started").saying("failed_session_id", "s-1");
    let heir =
        heir.saying("new_session_id", "s-2").saying("agent_instance_id", "letta-python-dev-9").caused_by(&failed);
    team.log.record([&failed, &heir]);
    for id in ["h-1", "h-2"] {
        let work = team.work(id);
        assert_eq!((work.holder(), work.fencing_token, work.attempt), (Some("s-2"), 2, 2), "{id}");
        assert_eq!(work.lease.unwrap().agent.as_deref(), Some("letta-python-dev-9"));
    }
}

#[test]
fn a_peer_is_answered_by_the_handoffs_own_events() {
    let mut team = Team::of(&["s-1", "s-2"]);
    let story = requested(WORK).with(|e| e.event_type = crate::EventType::from_bus("agent.handoff.requested").unwrap());
    team.log.record([&story]);
    team.accept("s-2", WORK).unwrap();
    let accepted = team.newest_id();
    team.ask(block(WORK, 1)).unwrap();
    let blocked = team.newest_id();
    assert_eq!(team.newest(1), [("agent.handoff.blocked".into(), vec![accepted])]);
    assert_eq!(team.work(WORK).reason.as_deref(), Some("no access"));
    team.ask(unblock(WORK)).unwrap();
    assert_eq!(team.newest(1), [("agent.handoff.unblocked".into(), vec![blocked])]);
    assert_eq!(team.newest_payload()["unblocked_by"], "jarad");
    assert_eq!((team.work(WORK).state, team.work(WORK).reason), (HandoffState::Accepted, None));
    team.ask(complete(WORK, 1)).unwrap();
    assert_eq!(team.newest(1), [("agent.handoff.completed".into(), vec![accepted])]);
}

#[test]
fn blocked_work_of_a_workflow_is_a_blocked_task() {
    let mut team = Team::of(&["s-1"]);
    team.request(WORK);
    team.accept("s-1", WORK).unwrap();
    team.ask(block(WORK, 1)).unwrap();
    assert_eq!(team.newest(1)[0].0, "agent.letta.task.blocked");
    let expected = json!({
        "handoff_id": WORK, "task_id": WORK, "workflow_id": "w-1", "session_id": "s-1",
        "agent_instance_id": instance("s-1"), "reason": "no access", "needs": "ops",
    });
    assert_eq!(team.newest_payload(), expected);
}

#[test]
fn progress_is_kept_for_the_next_one() {
    let mut team = Team::of(&["s-1", "s-2"]);
    team.request(WORK);
    team.accept("s-1", WORK).unwrap();
    team.ask(block(WORK, 1)).unwrap();
    team.ask(progress(WORK, 1)).unwrap();
    team.ask(ReportProgress { details: None, progress_pct: Some(60.0), ..progress(WORK, 1) }).unwrap();
    let work = team.work(WORK);
    assert_eq!((work.state, work.progress_pct), (HandoffState::Accepted, Some(60.0)), "who reports is not blocked");
    assert_eq!(work.progress.unwrap().as_str(), r#"{"done":["schema"]}"#);
    team.ask(lose_lease(WORK, 1)).unwrap();
    let payload = team.newest_payload();
    assert_eq!((&payload["progress"], &payload["reason"]), (&json!({"done": ["schema"]}), &json!("lease_expired")));
    assert_eq!((&payload["attempt"], &payload["previous_session_id"]), (&json!(2), &json!("s-1")));
    let offered = team.newest_id();
    team.accept("s-2", WORK).unwrap();
    assert_eq!(team.newest(1), [("agent.handoff.accepted".into(), vec![offered])]);
    assert!(team.work(WORK).progress.is_some());
}

#[test]
fn work_that_fails_is_offered_again_after_a_pause_until_its_attempts_are_used_up() {
    let mut team = Team::of(&["s-1"]);
    team.log.record([&requested(WORK).saying("max_attempts", 3)]);
    for (attempt, pause) in [(1, 1.0), (2, 2.0)] {
        team.accept("s-1", WORK).unwrap();
        team.ask(fail(WORK, attempt, false)).unwrap();
        let [failed, offered] = team.newest(2).try_into().unwrap();
        assert_eq!((failed.0.as_str(), offered.0.as_str()), ("agent.handoff.failed", "agent.handoff.offered"));
        assert_eq!(offered.1, [team.log.events[team.log.events.len() - 2].id()]);
        assert_eq!(team.newest_payload()["attempt"], attempt + 1);
        let work = team.work(WORK);
        assert_eq!((work.state, u64::from(work.attempt)), (HandoffState::Offered, attempt + 1));
        assert_eq!(work.offer_after, Some(team.log.now.after_seconds(pause)));
        assert_eq!(work.reason.as_deref(), Some("failed"));
    }
    team.accept("s-1", WORK).unwrap();
    team.ask(fail(WORK, 3, false)).unwrap();
    assert_eq!(team.newest_payload()["final"], true);
    let work = team.work(WORK);
    assert_eq!((work.state, work.attempt, work.reason.as_deref()), (HandoffState::Failed, 3, Some("no tests")));
}

#[test]
fn released_work_is_offered_again_and_the_attempt_does_not_count() {
    let mut team = Team::of(&["s-1"]);
    team.request(WORK);
    for token in 1..=5 {
        team.accept("s-1", WORK).unwrap();
        team.ask(release(WORK, token)).unwrap();
    }
    let work = team.work(WORK);
    assert_eq!((work.state, work.attempt, work.offer_after), (HandoffState::Offered, 1, None));
    assert_eq!(team.newest_payload()["details"], "shift is over");
}

#[test]
fn declined_work_is_offered_to_the_next_until_all_declined() {
    let mut team = Team::of(&["s-0"]);
    let asked = team.request(WORK);
    team.ask(decline("s-0", WORK)).unwrap();
    let [declined, offered] = team.newest(2).try_into().unwrap();
    assert_eq!(declined, ("agent.handoff.declined".into(), vec![asked]));
    assert_eq!(offered, ("agent.handoff.offered".into(), vec![team.log.events[team.log.events.len() - 2].id()]));
    assert!(matches!(team.accept("s-0", WORK), Err(Refusal::NotTheTarget { .. })), "it declined");
    assert!(matches!(team.ask(decline("s-0", WORK)), Err(Refusal::NotTheTarget { .. })), "it declined before");
    assert!(matches!(team.ask(decline("nobody", WORK)), Err(Refusal::NotTheTarget { .. })));
    for number in 1..MAX_DECLINES {
        let session = format!("s-{number}");
        team.start(&session);
        assert_eq!((team.work(WORK).state, team.work(WORK).attempt), (HandoffState::Offered, 1));
        team.ask(decline(&session, WORK)).unwrap();
    }
    assert_eq!(
        (team.work(WORK).state, team.newest(1)[0].0.as_str()),
        (HandoffState::Declined, "agent.handoff.declined")
    );
}

#[test]
fn an_instance_declines_for_all() {
    for (to, kind) in [(instance("s-1"), Some("instance")), (instance("s-1"), None)] {
        let mut team = Team::of(&["s-1"]);
        let story = requested(WORK).saying("to_agent", to);
        team.log.record([&kind.map_or(story.clone(), |kind| story.saying("to_kind", kind))]);
        team.ask(decline("s-1", WORK)).unwrap();
        let work = team.work(WORK);
        assert_eq!((work.state, work.reason.as_deref()), (HandoffState::Declined, Some("busy")), "{kind:?}");
    }
}

#[test]
fn whoever_it_is_may_decline_what_is_offered_to_a_capability() {
    let mut team = Team::of(&["s-1"]);
    team.log.record([&requested(WORK).saying("to_agent", "python").saying("to_kind", "capability")]);
    assert!(matches!(team.accept("s-1", WORK), Err(Refusal::NotTheTarget { .. })));
    team.ask(decline("s-1", WORK)).unwrap();
    assert_eq!(team.work(WORK).state, HandoffState::Offered);
}

#[test]
fn time_ends_work_at_its_deadline_and_takes_it_from_who_stalls() {
    let mut team = Team::of(&["s-1"]);
    let story = requested(WORK).saying("stall_seconds", 30).saying("max_attempts", 2);
    team.log.record([&story.saying("deadline", "2026-01-11T15:30:00Z")]);
    team.accept("s-1", WORK).unwrap();
    assert_eq!(team.work(WORK).due(), Some(team.log.now.after_seconds(30.0)));
    team.wait(29.0);
    team.ask(progress(WORK, 1)).unwrap();
    team.wait(29.0);
    assert!(team.ask(tick(WORK)).unwrap().events.is_empty(), "too early");
    team.wait(1.0);
    team.ask(tick(WORK)).unwrap();
    assert_eq!(team.newest_payload()["reason"], "stalled");
    assert_eq!((team.work(WORK).state, team.work(WORK).attempt), (HandoffState::Offered, 2));
    team.accept("s-1", WORK).unwrap();
    team.wait(31.0);
    team.ask(tick(WORK)).unwrap();
    let work = team.work(WORK);
    assert_eq!((work.state, work.reason.as_deref()), (HandoffState::Failed, Some("attempts exhausted: stalled")));
    assert_eq!(work.due(), None);
    for holder in [None, Some("s-1")] {
        let mut team = Team::of(&["s-1"]);
        team.log.record([&requested(WORK).saying("deadline", "2026-01-11T15:30:00Z")]);
        holder.map(|holder| team.accept(holder, WORK).unwrap());
        let cause = team.newest_id();
        team.wait(3600.0);
        team.ask(tick(WORK)).unwrap();
        assert_eq!(team.newest(1), [("agent.handoff.expired".into(), vec![cause])]);
        assert_eq!(
            (team.work(WORK).state, team.work(WORK).reason.as_deref()),
            (HandoffState::Expired, Some("deadline"))
        );
    }
}

#[test]
fn who_cancels_says_why() {
    let mut team = Team::of(&["s-1"]);
    let asked = team.request(WORK);
    team.ask(CancelHandoff { cancelled_by: Some("delorenzo".into()), ..cancel(WORK) }).unwrap();
    assert_eq!(team.newest(1), [("agent.handoff.cancelled".into(), vec![asked])]);
    let expected = json!({"handoff_id": WORK, "cancelled_by": "delorenzo", "reason": "not needed"});
    assert_eq!(team.newest_payload(), expected);
    assert_eq!(team.work(WORK).reason.as_deref(), Some("not needed"));
}

#[test]
fn what_the_author_names_as_causes_comes_after_those_of_the_rules() {
    let mut team = Team::of(&["s-1"]);
    let asked = team.request(WORK);
    let further = EventId::generate();
    let mut accept = accept("s-1", WORK);
    accept.author.correlation_ids = vec![further, asked];
    team.ask(accept).unwrap();
    assert_eq!(team.newest(1)[0].1, [asked, further]);
}
