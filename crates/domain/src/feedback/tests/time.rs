//! What the passing of time does.

use super::*;
use crate::state::Noun;

/// A question with ten seconds to answer it.
fn urgent(further: Value) -> MemoryLog {
    let mut log = MemoryLog::default();
    let deadline = log.now.after_seconds(10.0);
    let mut feedback = json!({"question": "?", "question_id": QUESTION, "session_id": "s-1", "deadline": deadline, "assignee": "jarad"});
    feedback.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    log.record([&started("s-1")]);
    log.command(ask(&feedback)).unwrap();
    log.record([&paused("s-1", "cp-1")]);
    log
}

fn pass(log: &mut MemoryLog, seconds: f64) -> Vec<(String, Vec<EventId>, Value)> {
    log.now = log.now.after_seconds(seconds);
    let is_due = question(log).due().is_some_and(|due| due <= log.now);
    let answer = log.command(due(QUESTION)).unwrap();
    assert_eq!(is_due, !answer.events.is_empty());
    told(log, &answer)
}

#[test]
fn at_half_time_somebody_else_is_asked_once() {
    let mut log = urgent(json!({"escalate_to": "anna"}));
    let asked = question(&log).requested_event_id.unwrap();
    assert_eq!(pass(&mut log, 4.9), []);
    let said = json!({"question_id": QUESTION, "assignee": "anna", "previous_assignee": "jarad"});
    assert_eq!(pass(&mut log, 0.1), [("agent.feedback.escalated".to_owned(), vec![asked], said)]);
    let escalated = question(&log);
    assert_eq!((escalated.assignee.as_deref(), escalated.escalated), (Some("anna"), true));
    assert_eq!(escalated.due(), escalated.deadline);
    assert_eq!(pass(&mut log, 1.0), []);
}

#[test]
fn at_the_deadline_the_default_answer_stands_and_the_session_goes_on() {
    let mut log = urgent(json!({"default_answer": "JWT", "escalate_to": "anna"}));
    let asked = question(&log).requested_event_id.unwrap();
    // Nobody looked at half time: what ends it comes first.
    let events = pass(&mut log, 10.0);
    let response = question(&log).answer_event_id.unwrap();
    let said = json!({"question_id": QUESTION, "decision": "JWT", "answered_by": "policy", "rationale": "nobody answered in time"});
    let resumed = json!({"session_id": "s-1", "resuming_from_checkpoint": "cp-1"});
    assert_eq!(
        events,
        [
            ("agent.feedback.response".to_owned(), vec![asked], said),
            ("agent.letta.session.resumed".to_owned(), vec![response], resumed),
        ]
    );
    let question = question(&log);
    assert_eq!((question.state, question.answered_by.as_deref()), (QuestionState::Answered, Some(POLICY)));
    assert_eq!(question.due(), None);
    assert_eq!(pass(&mut log, 1.0), []);
}

#[test]
fn without_a_default_answer_a_question_expires_and_the_session_goes_on() {
    let mut log = urgent(json!({}));
    let (asked, deadline) = (question(&log).requested_event_id.unwrap(), question(&log).deadline.unwrap());
    let events = pass(&mut log, 10.0);
    let expired = question(&log).answer_event_id.unwrap();
    let said = json!({"question_id": QUESTION, "deadline": deadline});
    assert_eq!(events[0], ("agent.feedback.expired".to_owned(), vec![asked], said));
    assert_eq!((events[1].0.as_str(), &events[1].1), ("agent.letta.session.resumed", &vec![expired]));
    assert_eq!(question(&log).state, QuestionState::Expired);
    assert_eq!(log.state::<Session>("s-1").status, Some(SessionStatus::Active));
}
