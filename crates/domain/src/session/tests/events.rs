//! What events do to sessions, wherever they come from.

use crate::session::{Session, SessionStatus};
use crate::testing::{EventStory, MemoryLog, event};

fn of(kind: &str) -> EventStory {
    event(&format!("agent.letta.{kind}")).in_session("s")
}

fn started() -> EventStory {
    of("session.started").saying("agent_type", "letta-python-dev")
}

/// The session after these events.
fn after(stories: &[EventStory]) -> Session {
    let mut log = MemoryLog::default();
    log.record(stories);
    log.state("s")
}

#[test]
fn a_session_is_known_from_the_first_event_of_its_agent() {
    let session = after(&[of("task.blocked").by("letta-python-dev-001").of_workflow("w")]);
    assert_eq!((session.status, session.version, session.position.get()), (None, 1, 1));
    assert_eq!((session.framework.as_str(), session.workflow_id.as_deref()), ("letta", Some("w")));
    assert_eq!(
        (session.agent_type.as_str(), session.agent_instance_id.as_deref()),
        ("letta", Some("letta-python-dev-001"))
    );
    assert_eq!((session.fencing_token, session.anomalies), (0, 0));
}

#[test]
fn events_of_others_that_only_follow_from_its_own_say_nothing_about_it() {
    let done = of("task.completed");
    let validation = event("bmad.workflow.validation.requested").caused_by(&done);
    let unrelated = event("artifact.created").in_session("s");
    let session = after(&[done, validation, unrelated]);
    assert_eq!((session.version, session.position.get()), (1, 1));
}

#[test]
fn a_state_is_known_from_any_event_that_says_it() {
    let cases = [
        ("session.started", SessionStatus::Active),
        ("session.paused", SessionStatus::Paused),
        ("session.resumed", SessionStatus::Active),
        ("session.completed", SessionStatus::Completed),
        ("session.failed", SessionStatus::Failed),
    ];
    for (kind, status) in cases {
        let session = after(&[of(kind)]);
        assert_eq!((session.status, session.anomalies), (Some(status), 0), "{kind}");
    }
}

#[test]
fn what_the_state_does_not_allow_is_counted_and_changes_nothing_else() {
    let cases: [(&[&str], SessionStatus); 8] = [
        (&["session.started"], SessionStatus::Active),
        (&["session.resumed"], SessionStatus::Active),
        (&["session.paused", "session.paused"], SessionStatus::Paused),
        (&["session.completed", "session.failed"], SessionStatus::Completed),
        (&["session.completed", "session.resumed"], SessionStatus::Completed),
        (&["session.failed", "session.completed"], SessionStatus::Failed),
        (&["session.failed", "session.paused"], SessionStatus::Failed),
        (&["session.failed", "session.started"], SessionStatus::Failed),
    ];
    for (kinds, status) in cases {
        let mut stories = vec![started()];
        stories.extend(kinds.iter().enumerate().map(|(n, kind)| of(kind).saying("reason", n)));
        let session = after(&stories);
        assert_eq!((session.status, session.anomalies), (Some(status), 1), "{kinds:?}");
        assert_eq!(session.version, stories.len() as u64);
    }
}

#[test]
fn an_event_that_finds_its_session_late_says_nothing_about_a_later_time() {
    let mut log = MemoryLog::default();
    let question = event("agent.feedback.requested").in_session("s");
    let pause = event("agent.letta.session.paused").saying("reason", "awaiting_feedback").caused_by(&question);
    log.record([&started(), &pause]);
    assert_eq!(log.state::<Session>("s").status, Some(SessionStatus::Active));
    log.record([&of("session.completed")]);
    log.record([&question]);
    let session: Session = log.state("s");
    assert_eq!((session.status, session.anomalies), (Some(SessionStatus::Completed), 0));
    assert_eq!((session.version, session.position.get()), (4, 4));
}

#[test]
fn an_event_counts_once_for_its_session_whatever_else_it_turns_out_to_be_about() {
    let mut log = MemoryLog::default();
    let request = event("agent.handoff.requested").saying("handoff_id", "h").saying("to_agent", "x");
    let context = of("context.updated").caused_by(&request);
    log.record([&started(), &context]);
    let before: Session = log.state("s");
    log.record([&request]);
    assert_eq!(log.get(&context).belonging.about.handoff.as_deref(), Some("h"));
    let after: Session = log.state("s");
    assert_eq!((after.version, after.anomalies), (before.version, 0));
}

#[test]
fn numbers_and_words_that_make_no_sense_are_left_out() {
    let session = after(&[
        started().saying("heartbeat_timeout_seconds", -3).saying("metadata", "text"),
        of("context.updated").saying("context_tokens", "many"),
        of("session.instructed").saying("instruction", "dance"),
    ]);
    assert_eq!((session.heartbeat_timeout, session.metadata, session.context_health), (60.0, None, None));
    assert_eq!((session.instructions.len(), session.anomalies), (0, 1));
    assert_eq!(after(&[started().saying("heartbeat_timeout_seconds", 1e9)]).heartbeat_timeout, 86_400.0);
}

#[test]
fn instructions_end_with_the_session() {
    let wanted = of("session.instructed").saying("instruction", "pause").saying("sent_by", "jarad");
    assert_eq!(after(std::slice::from_ref(&wanted)).instructions.len(), 1);
    let session = after(&[started(), of("session.completed"), wanted]);
    assert_eq!((session.instructions.len(), session.anomalies), (0, 1));
}
