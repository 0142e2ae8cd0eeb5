//! The waits that events make, move and end.

use super::*;

#[test]
fn a_question_makes_its_asker_wait_until_it_ends() {
    let mut log = agents(&["a"]);
    let answer = log.command(asks("a", "q", "jarad")).unwrap();
    assert_eq!(edges(&log), ["a question q jarad"]);
    let wait = log.state::<Waits>("a").waits[0].clone();
    assert_eq!((wait.since, wait.event_id), (log.now, answer.events[0].event_id));

    let by = DelegateFeedback {
        author: author(),
        question_id: "q".into(),
        assignee: "anna".into(),
        delegated_by: None,
        reason: None,
    };
    log.command(by).unwrap();
    assert_eq!(edges(&log), ["a question q anna"]);
    log.record([&event("agent.feedback.response").saying("question_id", "q").saying("decision", "yes")]);
    assert_eq!(edges(&log), NOBODY);
    assert!(log.state::<Waits>("a").labels().is_empty());
}

#[test]
fn who_does_not_wait_for_the_answer_waits_for_nobody() {
    let mut log = agents(&["a"]);
    let question = event("agent.feedback.requested").saying("question_id", "q").in_session(&session("a"));
    log.record([&question.clone().saying("blocking", false).saying("assignee", "b")]);
    assert_eq!(edges(&log), NOBODY);
    // Nobody in particular is asked: it is told, and no agent goes by that name.
    log.record([&question.with_id(EventId::generate()).saying("question_id", "q-2")]);
    assert_eq!(edges(&log), ["a question q-2 anybody"]);
}

#[test]
fn a_peer_waits_for_whoever_has_its_work() {
    let mut log = agents(&["a", "b", "c"]);
    log.record([&hands_over("a", "h", "letta-qa")]);
    assert_eq!(edges(&log), ["a handoff h letta-qa"]);
    log.record([&accepts("b", "h")]);
    assert_eq!(edges(&log), ["a handoff h b"]);
    log.record([&about("agent.handoff.offered", "h").saying("reason", "released").saying("attempt", 1)]);
    assert_eq!(edges(&log), ["a handoff h letta-qa"]);
    log.record([&accepts("c", "h")]);
    assert_eq!(edges(&log), ["a handoff h c"]);
    log.record([&about("agent.handoff.completed", "h").in_session(&session("c"))]);
    assert_eq!(edges(&log), NOBODY);
}

#[test]
fn work_that_nobody_waits_for_makes_no_wait() {
    let mut log = agents(&["a", "b"]);
    let planned = event("bmad.workflow.handoff.requested").saying("handoff_id", "h").saying("to_agent", "letta-dev");
    let peer =
        event("agent.handoff.requested").saying("handoff_id", "h-2").saying("to_agent", "b").saying("from_agent", "a");
    log.record([&planned, &accepts("b", "h"), &peer]);
    assert_eq!(edges(&log), NOBODY);
}

#[test]
fn a_capability_is_nobodys_name() {
    let mut log = agents(&["a"]);
    log.record([&hands_over("a", "h", "python").saying("to_kind", "capability")]);
    assert_eq!(edges(&log), ["a handoff h anybody with python"]);
}

#[test]
fn blocked_work_waits_for_the_help_that_it_needs_while_it_is_blocked_and_held() {
    for (unblocks, story) in [
        ("help", about("agent.handoff.unblocked", "h")),
        ("progress", about("agent.handoff.progress", "h").in_session(&session("a"))),
        ("a cancellation", about("agent.handoff.cancelled", "h")),
        ("a lost lease", about("agent.handoff.offered", "h").saying("reason", "lease_expired").saying("attempt", 2)),
        ("the failure of the session", event("agent.letta.session.failed").in_session(&session("a"))),
        ("a task's end", event("agent.letta.task.completed").in_session(&session("a"))),
    ] {
        let mut log = agents(&["a", "b"]);
        let planned = about("bmad.workflow.handoff.requested", "h").saying("to_agent", "letta-dev");
        log.record([&planned, &accepts("a", "h")]);
        log.record([&event("agent.letta.task.blocked")
            .in_session(&session("a"))
            .saying("reason", "?")
            .saying("needs", "b")]);
        assert_eq!(edges(&log), ["a task h b"], "{unblocks}");
        log.record([&event("agent.letta.checkpoint.saved").in_session(&session("a")).saying("checkpoint_id", "cp-1")]);
        assert_eq!(edges(&log), ["a task h b"], "{unblocks}");
        log.record([&story]);
        assert_eq!(edges(&log), NOBODY, "{unblocks}");
    }
}

#[test]
fn blocked_work_that_says_not_whom_it_needs_waits_for_nobody() {
    let mut log = agents(&["a"]);
    let planned = about("bmad.workflow.handoff.requested", "h").saying("to_agent", "letta-dev");
    log.record([&planned, &accepts("a", "h"), &about("agent.handoff.blocked", "h").saying("reason", "?")]);
    assert_eq!(edges(&log), NOBODY);
}

#[test]
fn who_takes_over_from_a_failed_session_waits_for_what_that_waited_for() {
    let mut log = agents(&["a", "b"]);
    log.command(asks("a", "q", "jarad")).unwrap();
    log.record([&hands_over("a", "h", "b")]);
    let failed = session("a");
    log.record([&event("agent.letta.session.failed").in_session(&failed)]);
    let recovery = event("agent.letta.session.recovery.started").saying("failed_session_id", failed);
    log.record([&recovery
        .saying("new_session_id", "s-2")
        .saying("agent_instance_id", "a-2")
        .saying("agent_type", "letta-dev")]);
    assert_eq!(edges(&log), ["a-2 question q jarad", "a-2 handoff h b"]);
    log.record([&accepts("b", "h"), &event("agent.feedback.expired").saying("question_id", "q")]);
    assert_eq!(edges(&log), ["a-2 handoff h b"]);
}

#[test]
fn a_session_that_is_done_waits_for_nothing() {
    let mut log = agents(&["a", "b"]);
    log.command(asks("a", "q", "jarad")).unwrap();
    log.record([&hands_over("a", "h", "b"), &event("agent.letta.session.completed").in_session(&session("a"))]);
    assert_eq!(edges(&log), NOBODY);
}

#[test]
fn an_asker_whose_instance_becomes_known_later_waits_under_that_name_then() {
    let mut log = MemoryLog::default();
    log.record([&hands_over("a", "h", "b")]);
    assert_eq!(edges(&log), ["letta-dev handoff h b"]);
    log.record([&started("a"), &started("b"), &accepts("b", "h")]);
    assert_eq!(edges(&log), ["a handoff h b"]);
}

#[test]
fn the_waits_of_one_agent_are_bounded() {
    let mut log = agents(&["a"]);
    for number in 0..WAITS_KEPT + 2 {
        log.record([&hands_over("a", &format!("h-{number}"), "b")]);
    }
    assert_eq!(log.state::<Waits>("a").waits.len(), WAITS_KEPT);
}
