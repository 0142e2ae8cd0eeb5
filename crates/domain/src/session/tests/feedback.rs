//! Sessions that ask people, wait, and go on with the answer.

use serde_json::json;

use super::asks::*;
use super::{said, told};
use crate::checkpoint::Checkpoint;
use crate::feedback::Question;
use crate::session::{ANSWERS_KEPT, Session, SessionStatus};
use crate::testing::{EventStory, MemoryLog, event};
use crate::{Appended, EventId};

fn asked(question: &str) -> EventStory {
    event("agent.feedback.requested")
        .in_session("s")
        .saying("question_id", question)
        .saying("question", "Should authentication use JWT or session cookies?")
        .saying("blocking", true)
}

fn of(question: &str, kind: &str) -> EventStory {
    event(&format!("agent.feedback.{kind}")).saying("question_id", question)
}

fn answered(question: &str) -> EventStory {
    of(question, "response").saying("decision", "Use JWT with refresh tokens").saying("answered_by", "jarad")
}

fn started() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log
}

fn pre_feedback(name: &str) -> crate::checkpoint::SaveCheckpoint {
    save_saying("s", name, &json!({"checkpoint_type": "pre-feedback"}))
}

fn causes(log: &MemoryLog, answer: &Appended) -> Vec<EventId> {
    told(log, answer)[0].1.clone()
}

#[test]
fn a_session_waits_for_what_it_asked_until_that_ends() {
    for (end, outcome) in [("response", "yes"), ("expired", "expired"), ("cancelled", "cancelled")] {
        let mut log = started();
        log.record([&asked("q-1"), &asked("q-2"), &asked("q-3").saying("blocking", false)]);
        assert_eq!(log.state::<Session>("s").open_questions, ["q-1", "q-2"]);
        let end = of("q-1", end).saying("decision", "yes").saying("answered_by", "jarad");
        log.record([&end]);
        let session: Session = log.state("s");
        assert_eq!((session.open_questions, session.answered_questions), (vec!["q-2".into()], vec!["q-1".into()]));
        let [told] = session.instructions.as_slice() else { panic!("{:?}", session.instructions) };
        assert_eq!((told.kind.as_str(), told.question_id.as_deref()), ("answer", Some("q-1")));
        assert_eq!((told.reason.as_deref(), told.event_id), (Some(outcome), end.envelope.event_id));
    }
}

#[test]
fn the_first_answer_is_told_once_and_only_the_newest_are_kept() {
    let mut log = started();
    let questions: Vec<String> = (0..=ANSWERS_KEPT).map(|number| format!("q-{number}")).collect();
    for question in &questions {
        log.record([&asked(question), &answered(question)]);
    }
    assert_eq!(log.state::<Session>("s").answered_questions, questions[1..]);
    log.record([&answered("q-0"), &answered("q-1")]);
    let session: Session = log.state("s");
    assert_eq!((session.answered_questions.len(), session.instructions.len()), (ANSWERS_KEPT, ANSWERS_KEPT));
    assert_eq!(session.answered_questions, questions[1..]);
}

#[test]
fn an_answer_that_came_before_its_question_is_told_when_that_arrives() {
    let mut log = started();
    let question = asked("q-1");
    log.record([&answered("q-1"), &question]);
    let session: Session = log.state("s");
    assert_eq!((session.open_questions, session.answered_questions), (vec![], vec!["q-1".into()]));
    assert_eq!(session.instructions.len(), 1);
}

#[test]
fn the_successor_waits_for_the_answer_and_gets_those_that_came() {
    let mut log = started();
    log.record([&asked("q-1"), &answered("q-1"), &asked("q-2")]);
    log.command(fail("s")).unwrap();
    let answer = log.command(recover("s", "new")).unwrap();
    let questions: Vec<&str> = answer
        .states
        .iter()
        .filter_map(|state| {
            <Question as crate::state::Kind>::in_state(state).map(|question| question.question_id.as_str())
        })
        .collect();
    assert_eq!(questions, ["q-1"]);
    let new: Session = log.state("new");
    assert_eq!((new.open_questions.clone(), new.answered_questions.clone()), (vec!["q-2".into()], vec!["q-1".into()]));
    assert_eq!(new.instructions.iter().map(|told| told.kind.as_str()).collect::<Vec<_>>(), ["answer"]);
    assert_eq!(log.state::<Question>("q-2").session_id.as_deref(), Some("new"));
    assert!(log.state::<Session>("s").open_questions.is_empty());

    log.record([&answered("q-2"), &asked("q-3")]);
    let new: Session = log.state("new");
    assert_eq!((new.open_questions, new.answered_questions), (vec!["q-3".into()], vec!["q-1".into(), "q-2".into()]));
    assert_eq!(log.state::<Question>("q-3").session_id.as_deref(), Some("new"));
}

#[test]
fn a_checkpoint_before_a_question_lets_the_session_wait_only_if_there_is_one() {
    let mut log = started();
    let answer = log.command(pre_feedback("c-1")).unwrap();
    assert_eq!(told(&log, &answer).len(), 1);
    log.record([&asked("q-1").saying("blocking", false)]);
    assert_eq!(log.command(pre_feedback("c-2")).unwrap().events.len(), 1);
    let question = asked("q-2");
    log.record([&question]);
    let answer = log.command(save("s", "c-3")).unwrap();
    assert_eq!((answer.events.len(), log.state::<Session>("s").status), (1, Some(SessionStatus::Active)));
    let answer = log.command(pre_feedback("c-4")).unwrap();
    assert_eq!(answer.events.len(), 2);
    // It waits already.
    let answer = log.command(pre_feedback("c-5")).unwrap();
    assert_eq!((answer.events.len(), causes(&log, &answer)), (1, vec![question.envelope.event_id]));
}

#[test]
fn a_session_can_be_paused_by_hand_for_its_question() {
    let mut log = started();
    let question = asked("q-1");
    log.record([&question]);
    let answer = log.command(pause("s", "awaiting_feedback")).unwrap();
    assert_eq!(causes(&log, &answer), [question.envelope.event_id]);
    let early = log.command(resume("s")).unwrap();
    assert_eq!(causes(&log, &early), []);
    let answer = log.command(pause("s", "lunch")).unwrap();
    assert_eq!(causes(&log, &answer), []);
    log.record([&answered("q-1")]);
    let answer = log.command(resume("s")).unwrap();
    assert_eq!(causes(&log, &answer), [], "it did not wait for the answer");
}

#[test]
fn only_a_decision_that_became_part_of_the_context_follows_from_the_answer() {
    let mut log = started();
    let answer = answered("q-1");
    log.record([&asked("q-1"), &answer]);
    let plain = log.command(update("s", &json!({"summary": "read a file"}))).unwrap();
    assert_eq!(causes(&log, &plain), []);
    let decided = log.command(update("s", &json!({"decision_incorporated": "JWT"}))).unwrap();
    assert_eq!(causes(&log, &decided), [answer.envelope.event_id]);
    log.record([&asked("q-2"), &of("q-2", "expired")]);
    let own = log.command(update("s", &json!({"decision_incorporated": "cookies"}))).unwrap();
    assert_eq!(causes(&log, &own), [], "nobody decided that");
}

#[test]
fn the_seeds_fourth_pattern_event_for_event() {
    let mut log = started();
    let question = asked("q-1");
    log.record([&question]);
    let saved = log.command(pre_feedback("pre-feedback-1")).unwrap();
    let response = answered("q-1");
    log.record([&response]);
    let resume =
        crate::session::ResumeSession { resuming_from_checkpoint: Some("pre-feedback-1".into()), ..resume("s") };
    let resumed = log.command(resume).unwrap();
    let updated = log.command(update("s", &json!({"decision_incorporated": "JWT authentication approach"}))).unwrap();

    let (question, response) = (question.envelope.event_id, response.envelope.event_id);
    let events: Vec<_> = [&saved, &resumed, &updated].into_iter().flat_map(|answer| told(&log, answer)).collect();
    let expected = [
        ("agent.letta.checkpoint.saved", vec![question]),
        ("agent.letta.session.paused", vec![question]),
        ("agent.letta.session.resumed", vec![response]),
        ("agent.letta.context.updated", vec![response]),
    ];
    assert_eq!(events, expected.map(|(event_type, causes)| (event_type.to_owned(), causes)));
    let members = [
        (saved.events[0].event_id, "checkpoint_type", "pre-feedback"),
        (saved.events[1].event_id, "reason", "awaiting_feedback"),
        (saved.events[1].event_id, "checkpoint_id", "pre-feedback-1"),
        (resumed.events[0].event_id, "session_id", "s"),
        (resumed.events[0].event_id, "resuming_from_checkpoint", "pre-feedback-1"),
    ];
    for (event, member, value) in members {
        assert_eq!(said(&log, event, member), format!("\"{value}\""), "{member}");
    }
    assert!(saved.state::<Checkpoint>().is_some());
}
