//! The work of sessions: who holds what follows from the handoffs.

use serde_json::json;

use super::asks::*;
use super::{said, told};
use crate::checkpoint::{Checkpoint, PruneCheckpoints};
use crate::handoff::{Handoff, HandoffState};
use crate::session::{Instruction, Session};
use crate::state::Kind;
use crate::testing::{EventStory, MemoryLog, event};
use crate::{Appended, EventId};

/// A handoff is asked for.
fn requested(handoff: &str) -> EventStory {
    event("bmad.workflow.handoff.requested").saying("handoff_id", handoff).saying("to_agent", "letta-python-dev")
}

/// An event of its life.
fn of(handoff: &str, kind: &str) -> EventStory {
    event(&format!("agent.handoff.{kind}")).saying("handoff_id", handoff)
}

/// The sessions `s` and `other` work; `s` holds the handoffs.
fn holding(handoffs: &[&str]) -> MemoryLog {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log.command(start("other")).unwrap();
    for handoff in handoffs {
        log.record([&requested(handoff), &of(handoff, "accepted").in_session("s")]);
    }
    log
}

/// The handoffs of a session, the newest that it holds last.
fn held(log: &MemoryLog, session: &str) -> (Vec<String>, Option<String>) {
    let session: Session = log.state(session);
    (session.handoff_ids, session.handoff_id)
}

fn nothing() -> (Vec<String>, Option<String>) {
    (Vec::new(), None)
}

fn instructions(log: &MemoryLog, session: &str) -> Vec<Instruction> {
    log.state::<Session>(session).instructions
}

#[test]
fn a_session_holds_what_it_accepted() {
    let log = holding(&["h-1", "h-2"]);
    assert_eq!(held(&log, "s"), (vec!["h-1".into(), "h-2".into()], Some("h-2".into())));
    assert_eq!(held(&log, "other"), nothing());
}

#[test]
fn work_that_ends_is_held_no_more_and_nobody_is_told_what_it_did_itself() {
    let ends = [
        of("h-2", "completed").in_session("s"),
        of("h-2", "failed").in_session("s").saying("final", true),
        of("h-2", "offered").saying("reason", "released").saying("previous_session_id", "s"),
        event("agent.letta.task.completed").in_session("s"),
    ];
    for end in ends {
        let mut log = holding(&["h-1", "h-2"]);
        log.record([&end]);
        assert_eq!(held(&log, "s"), (vec!["h-1".into()], Some("h-1".into())), "{end:?}");
        assert!(instructions(&log, "s").is_empty(), "{end:?}");
    }
}

#[test]
fn a_session_is_told_what_work_was_taken_from_it() {
    let ends = [
        (of("h-1", "cancelled").saying("reason", "not wanted"), "not wanted"),
        (of("h-1", "expired"), "expired"),
        (of("h-1", "offered").saying("reason", "lease_expired").saying("previous_session_id", "s"), "lease_expired"),
    ];
    for (end, reason) in ends {
        let mut log = holding(&["h-1"]);
        log.record([&end]);
        assert_eq!(held(&log, "s"), nothing(), "{end:?}");
        let told = instructions(&log, "s");
        assert_eq!(told.len(), 1, "{end:?}");
        assert_eq!((told[0].kind.as_str(), told[0].reason.as_deref()), ("lease-lost", Some(reason)));
        assert_eq!((told[0].handoff_id.as_deref(), told[0].event_id), (Some("h-1"), end.envelope.event_id));
    }
}

#[test]
fn a_session_that_ended_gives_its_work_back_and_hears_no_more() {
    let mut log = holding(&["h-1"]);
    log.command(complete("s")).unwrap();
    assert_eq!(held(&log, "s"), nothing());
    log.record([&of("h-1", "accepted").in_session("other")]);
    assert_eq!(held(&log, "other"), (vec!["h-1".into()], Some("h-1".into())));
    assert!(instructions(&log, "s").is_empty());
}

#[test]
fn work_goes_from_the_failed_session_to_the_one_that_takes_over() {
    let mut log = holding(&["h-1", "h-2"]);
    log.command(fail("s")).unwrap();
    assert_eq!(held(&log, "s"), (vec!["h-1".into(), "h-2".into()], None));
    let answer = log.command(recover("s", "new")).unwrap();
    assert_eq!(held(&log, "s"), nothing());
    assert_eq!(held(&log, "new"), (vec!["h-1".into(), "h-2".into()], Some("h-2".into())));
    let work: Vec<&Handoff> = answer.states.iter().filter_map(<Handoff as Kind>::in_state).collect();
    assert!(work.iter().all(|work| work.state == HandoffState::Accepted && work.holder() == Some("new")));
    assert_eq!(work.len(), 2);
    let started = answer.events[0].event_id;

    let answer = log.command(recovered("new")).unwrap();
    let events: Vec<String> = told(&log, &answer).into_iter().map(|(event_type, _)| event_type).collect();
    assert_eq!(events, ["agent.letta.task.resumed"; 2]);
    for (number, handoff) in ["h-1", "h-2"].into_iter().enumerate() {
        let resumed = answer.events[number].event_id;
        assert_eq!(told(&log, &answer)[number].1, [started]);
        assert_eq!(said(&log, resumed, "handoff_id"), format!("\"{handoff}\""));
        assert_eq!(log.state::<Handoff>(handoff).recovery.unwrap().resumed_event_id, Some(resumed));
    }
}

#[test]
fn what_nobody_recovered_goes_to_whoever_takes_it() {
    let mut log = holding(&["h-1"]);
    log.command(fail("s")).unwrap();
    log.record([&of("h-1", "accepted").in_session("other")]);
    assert_eq!((held(&log, "s"), held(&log, "other").0), (nothing(), vec!["h-1".into()]));
}

fn causes(log: &MemoryLog, answer: &Appended) -> Vec<EventId> {
    told(log, answer)[0].1.clone()
}

#[test]
fn the_checkpoints_of_work_follow_from_its_acceptance_and_from_each_other() {
    let mut log = holding(&[]);
    let before = log.command(save("s", "before")).unwrap().events[0].event_id;
    let accepted = of("h-1", "accepted").in_session("s");
    log.record([&requested("h-1"), &accepted]);
    let first = log.command(save("s", "c-1")).unwrap();
    assert_eq!(causes(&log, &first), [accepted.envelope.event_id], "not {before}");
    assert_eq!(first.state::<Checkpoint>().unwrap().handoff_id.as_deref(), Some("h-1"));
    let second = log.command(save("s", "c-2")).unwrap();
    assert_eq!(causes(&log, &second), [accepted.envelope.event_id, first.events[0].event_id]);
    assert_eq!(log.state::<Handoff>("h-1").checkpoint_id.as_deref(), Some("c-2"));
}

#[test]
fn a_failure_without_a_checkpoint_follows_from_the_acceptance_of_the_work() {
    let mut log = holding(&[]);
    let accepted = of("h-1", "accepted").in_session("s");
    log.record([&requested("h-1"), &accepted]);
    let answer = log.command(fail("s")).unwrap();
    assert_eq!(causes(&log, &answer), [accepted.envelope.event_id]);
}

#[test]
fn the_checkpoint_of_open_work_is_kept() {
    let mut log = holding(&["h-1"]);
    log.command(save("s", "c-1")).unwrap();
    let of_work = of("h-1", "completed").in_session("s");
    let doomed = |log: &mut MemoryLog| {
        let answer = log.command(PruneCheckpoints { dry_run: true, ..prune("s", 0) }).unwrap();
        answer
            .states
            .iter()
            .filter_map(<Checkpoint as Kind>::in_state)
            .map(|c| c.checkpoint_id.clone())
            .collect::<Vec<_>>()
    };
    assert!(doomed(&mut log).is_empty());
    // Offered again, it is what the next one starts from.
    log.record([&of("h-1", "offered").saying("reason", "lease_expired").saying("previous_session_id", "s")]);
    assert!(doomed(&mut log).is_empty());
    log.record([&of("h-1", "accepted").in_session("s"), &of_work]);
    assert_eq!(doomed(&mut log), ["c-1"]);

    // One that is handed over with work is kept as long as that.
    let peer = event("agent.handoff.requested")
        .in_session("s")
        .saying("handoff_id", "h-2")
        .saying("to_agent", "letta-rust-dev")
        .saying("checkpoint_id", "c-1");
    log.record([&peer]);
    assert!(doomed(&mut log).is_empty());
    log.record([&of("h-2", "cancelled")]);
    assert_eq!(doomed(&mut log), ["c-1"]);
}

#[test]
fn the_seeds_third_pattern_event_for_event() {
    let mut log = holding(&[]);
    let accepted = of("h-1", "accepted").in_session("s");
    log.record([&requested("h-1"), &accepted]);
    let saved = log.command(save_saying("s", "checkpoint-123", &json!({"checkpoint_type": "progress"}))).unwrap();
    log.now = log.now.after_seconds(60.0);
    let failed = log.command(fail_silent("s")).unwrap();
    let started = log.command(recover("s", "recovery")).unwrap();
    let restored = log.command(recovered("recovery")).unwrap();
    let onward = log.command(save("recovery", "checkpoint-124")).unwrap();
    let further = log.command(save("recovery", "checkpoint-125")).unwrap();

    let answers = [&saved, &failed, &started, &restored, &onward, &further];
    let ids: Vec<EventId> =
        answers.iter().flat_map(|answer| answer.events.iter().map(|event| event.event_id)).collect();
    let events: Vec<_> = answers.iter().flat_map(|answer| told(&log, answer)).collect();
    let expected = [
        ("agent.letta.checkpoint.saved", vec![accepted.envelope.event_id]),
        ("agent.letta.session.failed", vec![ids[0]]),
        ("agent.letta.session.recovery.started", vec![ids[1]]),
        ("agent.letta.context.restored", vec![ids[2]]),
        ("agent.letta.task.resumed", vec![ids[3]]),
        ("agent.letta.checkpoint.saved", vec![ids[4]]),
        ("agent.letta.checkpoint.saved", vec![ids[4], ids[5]]),
    ];
    assert_eq!(events, expected.map(|(event_type, causes)| (event_type.to_owned(), causes)));
    let members = [
        (1, "session_id", "s"),
        (1, "last_checkpoint_id", "checkpoint-123"),
        (1, "failure_reason", "connection_timeout"),
        (2, "new_session_id", "recovery"),
        (2, "recovering_from_checkpoint", "checkpoint-123"),
        (3, "session_id", "recovery"),
        (3, "checkpoint_id", "checkpoint-123"),
        (4, "session_id", "recovery"),
        (4, "resuming_from", "checkpoint-123"),
    ];
    for (event, member, value) in members {
        assert_eq!(said(&log, ids[event], member), format!("\"{value}\""), "{member} of event {event}");
    }
}
