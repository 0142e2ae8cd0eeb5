//! One session takes over from another that failed.

use serde_json::json;

use super::asks::*;
use super::{said, told};
use crate::checkpoint::Checkpoint;
use crate::feedback::Question;
use crate::handoff::Handoff;
use crate::session::{CompleteRecovery, Session, SessionStatus, StartRecovery};
use crate::state::StateKind;
use crate::testing::{EventStory, MemoryLog, Named, event};
use crate::{EventId, Refusal};

/// A session `s` that failed after two checkpoints; its events: started, saved, saved, failed.
fn failed() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log.command(save_saying("s", "checkpoint-122", &json!({"schema_version": "1"}))).unwrap();
    log.command(save_saying("s", "checkpoint-123", &json!({"schema_version": "2"}))).unwrap();
    log.command(fail("s")).unwrap();
    log
}

fn id(log: &MemoryLog, number: usize) -> EventId {
    log.events[number].id()
}

#[test]
fn the_new_session_starts_where_the_failed_one_stood() {
    let mut log = failed();
    let recovery = StartRecovery {
        agent_instance_id: Some("letta-python-dev-002".into()),
        heartbeat_timeout: Some(5.0),
        ..recover("s", "new")
    };
    let answer = log.command(recovery).unwrap();
    let event_id = answer.events[0].event_id;
    assert_eq!(told(&log, &answer), [("agent.letta.session.recovery.started".to_owned(), vec![id(&log, 3)])]);
    let payload: serde_json::Value = log.get(&event_id).envelope.payload.read().unwrap();
    let expected = json!({
        "new_session_id": "new", "recovering_from_checkpoint": "checkpoint-123", "failed_session_id": "s",
        "agent_type": "letta-python-dev", "agent_instance_id": "letta-python-dev-002", "heartbeat_timeout_seconds": 5.0,
    });
    assert_eq!(payload, expected);

    let new = answer.state::<Session>().unwrap();
    assert_eq!((new.status, new.fencing_token), (Some(SessionStatus::Active), 2));
    assert_eq!((new.recovered_from.as_deref(), new.recovery_event_id), (Some("s"), Some(event_id)));
    assert_eq!(
        (new.agent_type.as_str(), new.agent_instance_id.as_deref()),
        ("letta-python-dev", Some("letta-python-dev-002"))
    );
    assert_eq!((new.checkpoint_id.as_deref(), new.checkpoint_event_id), (Some("checkpoint-123"), Some(id(&log, 2))));
    assert_eq!((new.checkpoint_count, new.heartbeat_timeout), (0, 5.0));
    assert_eq!(log.state::<Session>("s").recovered_by.as_deref(), Some("new"));
    let shown: Vec<String> = answer.states.iter().map(|state| state.key().to_string()).collect();
    assert_eq!(shown, ["session new", "session s", "checkpoint s/checkpoint-123"]);
}

#[test]
fn a_restored_checkpoint_is_told_with_what_changed_since_and_the_work_goes_on() {
    let mut log = failed();
    log.command(recover("s", "new")).unwrap();
    let delta = json!({"events_since": 3});
    let answer = log.command(CompleteRecovery { context_delta: Some(json(&delta)), ..recovered("new") }).unwrap();
    let [restored, resumed] = [0, 1].map(|n| answer.events[n].event_id);
    let expected = [
        ("agent.letta.context.restored".to_owned(), vec![id(&log, 4)]),
        ("agent.letta.task.resumed".to_owned(), vec![restored]),
    ];
    assert_eq!(told(&log, &answer), expected);
    assert_eq!(said(&log, restored, "checkpoint_id"), r#""checkpoint-123""#);
    assert_eq!(said(&log, restored, "context_delta"), delta.to_string());
    assert_eq!(said(&log, restored, "checkpoint_position"), "3");
    assert_eq!(said(&log, resumed, "resuming_from"), r#""checkpoint-123""#);
    assert_eq!(answer.state::<Session>().unwrap().restored_event_id, Some(restored));

    let again = log.command(recovered("new")).unwrap_err();
    assert_eq!(
        again.to_string(),
        "session new is recovered, and this needs it to be recovering: it was said before, so go on with the work"
    );
}

#[test]
fn work_without_a_checkpoint_goes_on_from_its_beginning() {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log.command(fail("s")).unwrap();
    let answer = log.command(recover("s", "new")).unwrap();
    assert_eq!(said(&log, answer.events[0].event_id, "recovering_from_checkpoint"), "-");
    assert_eq!(answer.state::<Checkpoint>(), None);
    let answer = log.command(recovered("new")).unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.task.resumed".to_owned(), vec![id(&log, 2)])]);
    assert!(matches!(log.command(recovered("new")), Err(Refusal::WrongState { state: "recovered", .. })));
}

#[test]
fn the_caller_may_choose_the_checkpoint() {
    let mut log = failed();
    let chosen = |name: &str| StartRecovery { checkpoint_id: Some(name.into()), ..recover("s", "new") };
    let unknown = log.command(chosen("checkpoint-1")).unwrap_err();
    assert!(matches!(unknown, Refusal::NotFound { kind: StateKind::Checkpoint, .. }), "{unknown}");
    let answer = log.command(chosen("checkpoint-122")).unwrap();
    assert_eq!(answer.state::<Session>().unwrap().checkpoint_event_id, Some(id(&log, 1)));

    let other = CompleteRecovery { checkpoint_id: Some("checkpoint-1".into()), ..recovered("new") };
    assert!(matches!(log.command(other), Err(Refusal::NotFound { kind: StateKind::Checkpoint, .. })));
    let other = CompleteRecovery { checkpoint_id: Some("checkpoint-123".into()), ..recovered("new") };
    let answer = log.command(other).unwrap();
    assert_eq!(said(&log, answer.events[0].event_id, "checkpoint_id"), r#""checkpoint-123""#);
}

#[test]
fn a_checkpoint_that_was_deleted_is_not_restored() {
    let mut log = failed();
    let deleted = event("agent.letta.checkpoint.deleted").in_session("s").saying("checkpoint_id", "checkpoint-123");
    log.record([&deleted]);
    let chosen = StartRecovery { checkpoint_id: Some("checkpoint-123".into()), ..recover("s", "new") };
    assert!(matches!(log.command(chosen), Err(Refusal::NotFound { kind: StateKind::Checkpoint, .. })));
    let answer = log.command(recover("s", "new")).unwrap();
    assert_eq!(answer.state::<Checkpoint>().unwrap().checkpoint_id, "checkpoint-122");
}

#[test]
fn the_one_that_takes_over_must_read_the_checkpoint() {
    let reads = |versions: &[&str]| StartRecovery {
        checkpoint_schema_versions: versions.iter().map(|version| (*version).to_owned()).collect(),
        ..recover("s", "new")
    };
    let refusal = failed().command(reads(&["1", "3"])).unwrap_err();
    let Refusal::CheckpointSchemaUnsupported { schema_version, supported } = refusal else { panic!("{refusal}") };
    assert_eq!((schema_version.as_str(), supported), ("2", vec!["1".to_owned(), "3".to_owned()]));
    assert!(failed().command(reads(&["1", "2"])).is_ok());
    assert!(failed().command(reads(&[])).is_ok());
}

#[test]
fn the_new_session_must_be_new_and_the_first_one_takes_over() {
    let mut log = failed();
    log.command(start("other")).unwrap();
    for taken in ["other", "s"] {
        let refusal = log.command(recover("s", taken)).unwrap_err();
        assert!(matches!(refusal, Refusal::Exists { kind: StateKind::Session, .. }), "{refusal}");
    }
    log.command(recover("s", "new")).unwrap();
    let refusal = log.command(recover("s", "late")).unwrap_err();
    assert_eq!(refusal.to_string(), "session new took over from session s: stop, the new session goes on");
}

#[test]
fn another_framework_may_take_over() {
    let mut log = failed();
    let other = StartRecovery { agent_type: Some("agno-python-dev".into()), ..recover("s", "new") };
    let answer = log.command(other).unwrap();
    assert_eq!(told(&log, &answer)[0].0, "agent.agno.session.recovery.started");
    assert_eq!(answer.state::<Session>().unwrap().framework, "agno");
}

#[test]
fn a_recovery_may_fail_and_be_recovered_in_turn_from_the_same_checkpoint() {
    let mut log = failed();
    log.command(recover("s", "second")).unwrap();
    let failure = log.command(fail("second")).unwrap();
    assert_eq!(told(&log, &failure)[0].1, [id(&log, 2)]);
    let answer = log.command(recover("second", "third")).unwrap();
    let third = answer.state::<Session>().unwrap();
    assert_eq!((third.fencing_token, third.checkpoint_event_id), (3, Some(id(&log, 2))));
    let answer = log.command(recovered("third")).unwrap();
    assert_eq!(said(&log, answer.events[0].event_id, "checkpoint_id"), r#""checkpoint-123""#);
    assert!(matches!(log.command(save("second", "x")), Err(Refusal::SessionSuperseded { .. })));
}

fn recovery_event(new: &str) -> EventStory {
    event("agent.letta.session.recovery.started")
        .saying("new_session_id", new)
        .saying("failed_session_id", "s")
        .saying("recovering_from_checkpoint", "checkpoint-123")
}

#[test]
fn of_two_that_say_they_take_over_the_first_does() {
    let mut log = failed();
    log.record([&recovery_event("first"), &recovery_event("second")]);
    let (first, second): (Session, Session) = (log.state("first"), log.state("second"));
    assert_eq!(log.state::<Session>("s").recovered_by.as_deref(), Some("first"));
    assert_eq!((first.recovered_from.as_deref(), first.anomalies), (Some("s"), 0));
    assert_eq!((second.recovered_from, second.status, second.anomalies), (None, Some(SessionStatus::Active), 1));
}

#[test]
fn a_session_that_works_may_take_over_and_keeps_its_own_checkpoints() {
    let mut log = failed();
    log.command(start("busy")).unwrap();
    let own = log.command(save("busy", "own")).unwrap().events[0].event_id;
    log.record([&recovery_event("busy")]);
    let busy: Session = log.state("busy");
    assert_eq!((busy.fencing_token, busy.anomalies, busy.checkpoint_event_id), (1, 0, Some(own)));
    assert_eq!(busy.recovery_checkpoint_id.as_deref(), Some("checkpoint-123"));
    let answer = log.command(recovered("busy")).unwrap();
    assert_eq!(said(&log, answer.events[0].event_id, "checkpoint_id"), r#""checkpoint-123""#);
}

#[test]
fn an_agent_may_say_that_it_starts_after_its_recovery_said_so() {
    let mut log = failed();
    let started = event("agent.letta.session.started").in_session("new").saying("agent_type", "letta-rust-dev");
    log.record([&recovery_event("new"), &started]);
    let new: Session = log.state("new");
    assert_eq!((new.anomalies, new.agent_type.as_str(), new.fencing_token), (0, "letta-rust-dev", 2));
}

#[test]
fn a_session_that_another_takes_over_from_has_failed_even_if_nobody_said_so() {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log.record([&recovery_event("new")]);
    let session: Session = log.state("s");
    assert_eq!((session.status, session.recovered_by.as_deref()), (Some(SessionStatus::Failed), Some("new")));
    assert_eq!(session.reason.as_deref(), Some("session new took over"));
}

#[test]
fn a_recovery_that_names_only_the_failure_as_its_cause_is_of_the_session_that_had_the_work() {
    let mut log = MemoryLog::default();
    let asked = event("bmad.workflow.handoff.requested").saying("to_agent", "letta-python-dev");
    let accepted = event("agent.handoff.accepted").caused_by(&asked).in_session("s");
    let saved = event("agent.letta.checkpoint.saved").caused_by(&accepted).in_session("s");
    let saved = saved.saying("checkpoint_id", "checkpoint-123");
    let question = event("agent.feedback.requested").caused_by(&accepted).in_session("s").saying("question", "JWT?");
    let failed = event("agent.letta.session.failed").caused_by(&saved).in_session("s");
    log.record([&asked, &accepted, &saved, &question, &failed]);
    let stranger = event("agent.letta.session.recovery.started").caused_by(&saved).saying("new_session_id", "stranger");
    let recovery = event("agent.letta.session.recovery.started").caused_by(&failed).saying("new_session_id", "new");
    log.record([&stranger, &recovery.saying("recovering_from_checkpoint", "checkpoint-123")]);

    assert_eq!(log.state::<Session>("stranger").recovered_from, None, "the failure did not lead to it");
    let new: Session = log.state("new");
    assert_eq!((new.recovered_from.as_deref(), new.checkpoint_event_id), (Some("s"), Some(saved.event_id())));
    assert_eq!(log.state::<Session>("s").recovered_by.as_deref(), Some("new"));
    let work: Handoff = log.state(&asked.event_id().to_string());
    assert_eq!((work.holder(), work.attempt), (Some("new"), 2));
    let question: Question = log.state(&question.event_id().to_string());
    assert_eq!(question.session_id.as_deref(), Some("new"));
}

#[test]
fn two_that_say_they_took_over_from_each_other_do_not() {
    let mut log = failed();
    let back =
        event("agent.letta.session.recovery.started").saying("new_session_id", "s").saying("failed_session_id", "new");
    log.record([&recovery_event("new"), &back]);
    let (old, new): (Session, Session) = (log.state("s"), log.state("new"));
    assert_eq!((old.recovered_by.as_deref(), old.recovered_from), (Some("new"), None));
    assert_eq!((new.recovered_by, new.status), (None, Some(SessionStatus::Active)));
}
