//! Every state of a question and every command.

use super::*;
use crate::state::StateKind;

type Command = (&'static str, fn(&mut MemoryLog) -> Result<Appended, Refusal>);

const COMMANDS: [Command; 4] = [
    ("answer", |log| log.command(answer(QUESTION, "JWT"))),
    ("delegate", |log| log.command(delegate(QUESTION, "anna"))),
    ("cancel", |log| log.command(cancel(QUESTION))),
    ("ask", |log| log.command(ask(&json!({"question_id": QUESTION, "question": "something else?"})))),
];

/// How the question came to where it stands, and which refusal each command gets there; `None` where it is taken.
type Row = (&'static str, Option<QuestionState>, fn(&mut MemoryLog), [Option<Refusal>; 4]);

fn rows() -> Vec<Row> {
    let not_found = || Some(Refusal::NotFound { kind: StateKind::Question, id: QUESTION.into() });
    let exists = || Some(Refusal::Exists { kind: StateKind::Question, id: QUESTION.into() });
    let answered = || {
        let (question_id, answered_by, decision) = (QUESTION.into(), "anna".into(), "JWT".into());
        Some(Refusal::AlreadyAnswered { question_id, answered_by, decision, answer_event_id: Some(end()) })
    };
    let closed = |state| Some(Refusal::QuestionClosed { question_id: QUESTION.into(), state });
    vec![
        ("not known", None, |_| {}, [not_found(), not_found(), not_found(), None]),
        ("open", Some(QuestionState::Open), ask_it, [None, None, None, exists()]),
        ("heard of", Some(QuestionState::Open), pass_it_on, [None, None, None, None]),
        (
            "answered",
            Some(QuestionState::Answered),
            |log| end_it(log, "response"),
            [answered(), answered(), answered(), exists()],
        ),
        (
            "expired",
            Some(QuestionState::Expired),
            |log| end_it(log, "expired"),
            [closed("expired"), closed("expired"), closed("expired"), exists()],
        ),
        (
            "cancelled",
            Some(QuestionState::Cancelled),
            |log| end_it(log, "cancelled"),
            [closed("cancelled"), closed("cancelled"), closed("cancelled"), exists()],
        ),
    ]
}

fn end() -> EventId {
    EventId::from_foreign("the end")
}

fn ask_it(log: &mut MemoryLog) {
    log.record([&asked(QUESTION)]);
}

fn pass_it_on(log: &mut MemoryLog) {
    log.record([&event("agent.feedback.delegated").saying("question_id", QUESTION).saying("assignee", "anna")]);
}

fn end_it(log: &mut MemoryLog, how: &str) {
    ask_it(log);
    let end = event(&format!("agent.feedback.{how}")).with_id(end()).saying("question_id", QUESTION);
    log.record([&end.saying("decision", "JWT").saying("answered_by", "anna")]);
}

#[test]
fn each_command_is_taken_or_refused_in_each_state_and_a_refusal_changes_nothing() {
    for (name, state, bring_about, refusals) in rows() {
        for ((command, run), expected) in COMMANDS.iter().zip(refusals) {
            let mut log = MemoryLog::default();
            bring_about(&mut log);
            let (events, states) = (log.events.len(), log.states.clone());
            let found = log.states.values().find_map(Question::in_state).map(|question| question.state);
            assert_eq!(found, state, "{name}");
            let answer = run(&mut log);
            assert_eq!(answer.as_ref().err(), expected.as_ref(), "{command} a question that is {name}");
            match expected {
                Some(_) => assert_eq!((log.events.len(), &log.states), (events, &states), "{command}, {name}"),
                None => assert!(log.events.len() > events, "{command}, {name}"),
            }
        }
    }
}

#[test]
fn time_moves_open_questions_only_and_refuses_nothing_else() {
    for (name, state, bring_about, _) in rows() {
        let mut log = MemoryLog::default();
        bring_about(&mut log);
        let states = log.states.clone();
        let answer = log.command(due(QUESTION));
        match state {
            None => assert!(matches!(answer, Err(Refusal::NotFound { .. })), "{name}"),
            Some(_) => assert!(answer.unwrap().events.is_empty(), "{name}"),
        }
        assert_eq!(log.states, states, "{name}");
    }
}
