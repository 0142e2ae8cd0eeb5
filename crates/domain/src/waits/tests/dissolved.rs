//! Cycles that end by themselves: the question that they raised is withdrawn.

use super::*;
use crate::feedback::QuestionDue;
use crate::state::StateKind;
use crate::{Refusal, Timestamp};

/// The open question about the cycle.
fn question(log: &MemoryLog) -> Question {
    let about = log.states.values().find_map(|state| match state {
        State::Question(question) if question.deadlock => Some((**question).clone()),
        _ => None,
    });
    about.unwrap()
}

/// What the server does when it looks for what is due, and what it recorded.
fn server(log: &mut MemoryLog) -> Vec<(String, Value)> {
    let due: Vec<String> = log
        .states
        .values()
        .filter(|state| state.due().is_some_and(|due| due <= log.now) && state.key().kind == StateKind::Question)
        .map(|state| state.key().id)
        .collect();
    let mut recorded = Vec::new();
    for question_id in due {
        let answer = log.command(QuestionDue { author: Author::server(), question_id }).unwrap();
        recorded.extend(told(log, &answer));
    }
    recorded
}

/// Two agents, each of which waits for the other: one for its answer, one for its work.
fn deadlock() -> MemoryLog {
    let mut log = agents(&["a", "b"]);
    log.record([&hands_over("a", "h", "b"), &accepts("b", "h")]);
    log.command(asks("b", "q-b", "a")).unwrap();
    assert_eq!(edges(&log), ["a handoff h b", "b question q-b a"]);
    log
}

fn ends_the_question(log: &mut MemoryLog) {
    let (asked, by) = (question(log), log.newest());
    let gone = json!({"question_id": asked.question_id, "cancelled_by": "god33", "reason": "the cycle dissolved"});
    assert_eq!(server(log), [("agent.feedback.cancelled".to_owned(), gone)]);
    assert_eq!(log.causes(log.newest()), [asked.requested_event_id.unwrap(), by]);
    assert_eq!((question(log).state, question(log).due()), (QuestionState::Cancelled, None));
    assert_eq!(server(log), []);
    log.rebuilds();
}

fn answer(question_id: &str, decision: &str) -> AnswerFeedback {
    AnswerFeedback {
        author: author(),
        question_id: question_id.into(),
        decision: decision.into(),
        rationale: None,
        answered_by: Some("anna".into()),
        answer_context: None,
    }
}

#[test]
fn a_question_about_a_cycle_that_stands_stays_open() {
    let mut log = deadlock();
    log.tell(about("agent.handoff.progress", "h").in_session(&session("b")));
    assert_eq!(question(&log).due(), None);
    assert_eq!(server(&mut log), []);
}

#[test]
fn it_is_withdrawn_when_work_of_the_cycle_ends() {
    for event_type in ["agent.handoff.completed", "agent.handoff.cancelled"] {
        let mut log = deadlock();
        log.tell(about(event_type, "h").in_session(&session("b")));
        ends_the_question(&mut log);
    }
}

#[test]
fn it_is_withdrawn_when_a_question_of_the_cycle_is_answered_or_passed_on_to_another() {
    let mut log = deadlock();
    log.command(answer("q-b", "yes")).unwrap();
    ends_the_question(&mut log);

    let mut log = deadlock();
    log.tell(event("agent.feedback.delegated").saying("question_id", "q-b").saying("assignee", "jarad"));
    ends_the_question(&mut log);
}

#[test]
fn it_is_withdrawn_when_the_work_comes_to_another_agent() {
    let mut log = deadlock();
    log.tell(started("c"));
    log.tell(about("agent.handoff.offered", "h").saying("reason", "released"));
    assert_eq!(server(&mut log), [], "nobody knows who will take it");
    log.tell(accepts("c", "h"));
    ends_the_question(&mut log);
}

#[test]
fn help_that_came_dissolves_the_cycle() {
    let mut log = agents(&["a", "b"]);
    log.record([&hands_over("a", "h", "b"), &accepts("b", "h")]);
    let block = BlockHandoff {
        author: author(),
        handoff_id: "h".into(),
        fencing_token: 1,
        reason: "?".into(),
        needs: Some("a".into()),
    };
    log.command(block).unwrap();
    assert_eq!(question(&log).due(), None);
    log.tell(about("agent.handoff.unblocked", "h"));
    ends_the_question(&mut log);
}

#[test]
fn a_cycle_outlives_the_failure_of_an_agent_in_it_that_another_takes_over_from() {
    let mut log = deadlock();
    log.tell(event("agent.letta.session.failed").in_session(&session("b")));
    assert_eq!(server(&mut log), []);
    let recovery = event("agent.letta.session.recovery.started").saying("failed_session_id", session("b"));
    log.tell(recovery.saying("new_session_id", "s-2").saying("agent_instance_id", "b-2"));
    assert_eq!(edges(&log), ["a handoff h b-2", "b-2 question q-b a"]);
    assert_eq!(server(&mut log), []);
    log.tell(about("agent.handoff.completed", "h").in_session("s-2"));
    ends_the_question(&mut log);
}

#[test]
fn of_a_persons_answer_and_the_servers_withdrawal_the_first_stands() {
    let ended = || {
        let mut log = deadlock();
        log.tell(about("agent.handoff.completed", "h").in_session(&session("b")));
        log
    };
    let mut log = ended();
    let question_id = question(&log).question_id;
    log.command(answer(&question_id, "h")).unwrap();
    assert_eq!(log.good(QuestionDue { author: Author::server(), question_id }), Vec::<String>::new());
    assert_eq!(question(&log).state, QuestionState::Answered);

    let mut log = ended();
    let question_id = question(&log).question_id;
    assert_eq!(server(&mut log).len(), 1);
    let refusal = log.refused(answer(&question_id, "h"));
    assert_eq!(refusal, Refusal::QuestionClosed { question_id, state: "cancelled" });
}

#[test]
fn what_a_person_ends_is_no_cycle_that_ended_by_itself() {
    let mut log = deadlock();
    let question_id = question(&log).question_id;
    log.command(answer(&question_id, "q-b")).unwrap();
    assert_eq!((question(&log).dissolved, question(&log).due()), (None, None));
}

#[test]
fn a_question_that_tells_no_cycle_is_left_to_people() {
    let mut log = agents(&["a"]);
    let asked = event("agent.feedback.requested").saying("question_id", "q").saying("question", "?");
    log.tell(asked.saying("deadlock", true).saying("context", json!({"cycle": "none"})));
    assert_eq!(log.state::<Question>("q").due(), None::<Timestamp>);
}
