//! Answers and withdrawals, and the session that they let go on.

use super::*;
use crate::command::Command;

/// A session that asked, saved a checkpoint and waits.
fn waiting(questions: &[&str]) -> MemoryLog {
    let mut log = MemoryLog::default();
    log.record([&started("s-1")]);
    for question in questions {
        log.command(ask(&json!({"question": "?", "question_id": question, "session_id": "s-1"}))).unwrap();
    }
    let checkpoint = event("agent.letta.checkpoint.saved").in_session("s-1").saying("checkpoint_id", "cp-1");
    log.record([&checkpoint.saying("checkpoint_type", "pre-feedback"), &paused("s-1", "cp-1")]);
    log
}

fn requested(log: &MemoryLog, question: &str) -> EventId {
    log.state::<Question>(question).requested_event_id.unwrap()
}

fn status(log: &MemoryLog, session: &str) -> Option<SessionStatus> {
    log.state::<Session>(session).status
}

#[test]
fn an_answer_is_kept_with_who_gave_it_and_why_and_its_session_goes_on() {
    let mut log = waiting(&[QUESTION]);
    let asked = requested(&log, QUESTION);
    let full = AnswerFeedback {
        rationale: Some("better for services".into()),
        answered_by: Some("anna".into()),
        answer_context: Some(JsonText::parse(r#"{"see":["rfc"]}"#).unwrap()),
        ..answer(QUESTION, "JWT")
    };
    let answer = log.command(full).unwrap();
    let response = answer.events[0].event_id;
    let said = json!({
        "question_id": QUESTION, "decision": "JWT", "rationale": "better for services", "answered_by": "anna",
        "context": {"see": ["rfc"]},
    });
    let resumed = json!({"session_id": "s-1", "resuming_from_checkpoint": "cp-1"});
    assert_eq!(
        told(&log, &answer),
        [
            ("agent.feedback.response".to_owned(), vec![asked], said),
            ("agent.letta.session.resumed".to_owned(), vec![response], resumed),
        ]
    );
    let question = question(&log);
    assert_eq!((question.state, question.decision.as_deref()), (QuestionState::Answered, Some("JWT")));
    assert_eq!(question.rationale.as_deref(), Some("better for services"));
    assert_eq!((question.answered_by.as_deref(), question.answer_event_id), (Some("anna"), Some(response)));
    assert_eq!(question.answered_at, Some(log.now));
    assert_eq!(status(&log, "s-1"), Some(SessionStatus::Active));
    assert_eq!(answer.state::<Question>(), Some(&question));
}

#[test]
fn who_asks_is_who_answers_where_nobody_else_is_named() {
    let mut log = waiting(&[QUESTION]);
    log.command(answer(QUESTION, "JWT")).unwrap();
    assert_eq!(question(&log).answered_by.as_deref(), Some("jarad"));
}

#[test]
fn the_first_of_two_answers_stands_and_the_second_is_told_by_whom() {
    let mut log = waiting(&[QUESTION]);
    let both =
        [AnswerFeedback { answered_by: Some("anna".into()), ..answer(QUESTION, "JWT") }, answer(QUESTION, "cookies")];
    let proposals = both.map(|answer| crate::Proposal {
        request: None,
        principal: answer.author().principal.clone(),
        change: crate::Change::command(answer),
    });
    let answers = log.write(proposals.into());
    let first = answers[0].as_ref().unwrap().events[0].event_id;
    let refusal = answers[1].as_ref().unwrap_err();
    let (question_id, answered_by, decision) = (QUESTION.into(), "anna".into(), "JWT".into());
    assert_eq!(refusal, &Refusal::AlreadyAnswered { question_id, answered_by, decision, answer_event_id: Some(first) });
    assert_eq!(refusal.to_string(), format!("anna answered question {QUESTION} before: \"JWT\" stands"));
    assert_eq!(
        log.events.iter().filter(|event| event.envelope.event_type.as_str() == "agent.feedback.response").count(),
        1
    );
}

#[test]
fn only_an_option_is_an_answer_where_there_are_some() {
    let mut log = MemoryLog::default();
    log.record([&asked(QUESTION).saying("options", json!(["JWT", "cookies"]))]);
    let refusal = log.command(answer(QUESTION, "jwt")).unwrap_err();
    let (field, options) = ("decision", vec!["JWT".into(), "cookies".into()]);
    assert_eq!(refusal, Refusal::InvalidOption { field, chosen: "jwt".into(), options });
    assert_eq!(question(&log).state, QuestionState::Open);
    log.command(answer(QUESTION, "cookies")).unwrap();
}

#[test]
fn a_session_goes_on_when_the_last_question_that_it_waits_for_ends_however_it_ends() {
    let mut log = waiting(&[QUESTION, OTHER]);
    let first = log.command(answer(OTHER, "yes")).unwrap();
    assert_eq!(first.events.len(), 1);
    assert_eq!(status(&log, "s-1"), Some(SessionStatus::Paused));
    let asked = requested(&log, QUESTION);
    let last = log.command(cancel(QUESTION)).unwrap();
    let cancelled = last.events[0].event_id;
    let said = json!({"question_id": QUESTION, "cancelled_by": "jarad", "reason": "obsolete"});
    let resumed = json!({"session_id": "s-1", "resuming_from_checkpoint": "cp-1"});
    assert_eq!(
        told(&log, &last),
        [
            ("agent.feedback.cancelled".to_owned(), vec![asked], said),
            ("agent.letta.session.resumed".to_owned(), vec![cancelled], resumed),
        ]
    );
    assert_eq!(status(&log, "s-1"), Some(SessionStatus::Active));
    assert_eq!(log.state::<Session>("s-1").answered_questions, [OTHER, QUESTION]);
}

#[test]
fn a_session_that_does_not_wait_for_the_answer_is_not_resumed() {
    // It works on.
    let mut log = MemoryLog::default();
    log.record([&started("s-1"), &asked(QUESTION).in_session("s-1")]);
    assert_eq!(log.command(answer(QUESTION, "JWT")).unwrap().events.len(), 1);
    // It waits for something else.
    let mut log = MemoryLog::default();
    let maintenance = event("agent.letta.session.paused").in_session("s-1").saying("reason", "maintenance");
    log.record([&started("s-1"), &asked(QUESTION).in_session("s-1"), &maintenance]);
    assert_eq!(log.command(answer(QUESTION, "JWT")).unwrap().events.len(), 1);
    // It waits for another question: this one does not block it.
    let mut log = waiting(&[OTHER]);
    log.record([&asked(QUESTION).in_session("s-1").saying("blocking", false)]);
    assert_eq!(log.command(answer(QUESTION, "JWT")).unwrap().events.len(), 1);
    assert_eq!(status(&log, "s-1"), Some(SessionStatus::Paused));
}

#[test]
fn the_answer_to_a_dead_asker_is_kept_and_whoever_takes_over_has_it() {
    let mut log = waiting(&[QUESTION, OTHER]);
    log.record([&event("agent.letta.session.failed").in_session("s-1").saying("failure_reason", "connection_timeout")]);
    let answer = log.command(answer(QUESTION, "JWT")).unwrap();
    assert_eq!(told(&log, &answer).len(), 1);
    assert_eq!(question(&log).session_id.as_deref(), Some("s-1"));

    log.record([&recovered("s-1", "s-2")]);
    for question in [QUESTION, OTHER] {
        assert_eq!(log.state::<Question>(question).session_id.as_deref(), Some("s-2"), "{question}");
    }
    let heir: Session = log.state("s-2");
    assert_eq!((heir.open_questions, heir.answered_questions), (vec![OTHER.to_owned()], vec![QUESTION.to_owned()]));
    // The one that took over waits for the rest.
    log.record([&paused("s-2", "cp-9")]);
    let last = log.command(super::answer(OTHER, "yes")).unwrap();
    assert_eq!(told(&log, &last)[1].2["session_id"], "s-2");
    assert_eq!(status(&log, "s-2"), Some(SessionStatus::Active));
}

#[test]
fn a_question_is_passed_on_and_keeps_who_passed_it() {
    let mut log = waiting(&[QUESTION]);
    let asked = requested(&log, QUESTION);
    let first = DelegateFeedback { reason: Some("she knows".into()), ..delegate(QUESTION, "anna") };
    let answer = log.command(first).unwrap();
    let said = json!({"question_id": QUESTION, "delegated_by": "jarad", "assignee": "anna", "reason": "she knows"});
    assert_eq!(told(&log, &answer), [("agent.feedback.delegated".to_owned(), vec![asked], said)]);
    let second = DelegateFeedback { delegated_by: Some("anna".into()), ..delegate(QUESTION, "security") };
    log.command(second).unwrap();
    let question = question(&log);
    assert_eq!(
        (question.assignee.as_deref(), question.delegated_by),
        (Some("security"), vec!["jarad".into(), "anna".into()])
    );
}
