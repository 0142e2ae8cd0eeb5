//! Asking.

use super::*;
use crate::state::{Noun, StateKind};

#[test]
fn a_question_says_what_it_was_asked_with_and_what_its_session_knows() {
    let mut log = MemoryLog::default();
    log.record([&started("s-1").of_workflow("w-1")]);
    let answer = log.command(ask(&json!({"question": "JWT or cookies?", "session_id": "s-1"}))).unwrap();
    let id = answer.events[0].event_id;
    let payload = json!({
        "question": "JWT or cookies?", "session_id": "s-1", "question_id": id.to_string(), "from_agent": "letta-python-dev",
        "workflow_id": "w-1", "blocking": true,
    });
    assert_eq!(told(&log, &answer), [("agent.feedback.requested".to_owned(), vec![], payload)]);
    let question: &Question = answer.state().unwrap();
    assert_eq!((question.question_id.as_str(), question.state), (id.to_string().as_str(), QuestionState::Open));
    assert_eq!(question.from_agent.as_deref(), Some("letta-python-dev"));
    assert_eq!(question.workflow_id.as_deref(), Some("w-1"));
    assert_eq!(question.priority, Priority::Medium);
    assert_eq!(log.state::<Session>("s-1").open_questions, [id.to_string()]);
    // Who speaks is known from the session.
    let context: Value = log.get(&id).envelope.agent_context.as_ref().unwrap().read().unwrap();
    assert_eq!(context["instance_id"], "s-1-instance");
}

#[test]
fn a_question_follows_the_work_that_its_session_accepted_else_its_checkpoint() {
    let mut log = MemoryLog::default();
    let checkpoint = event("agent.letta.checkpoint.saved").in_session("s-1").saying("checkpoint_id", "cp-1");
    log.record([&started("s-1"), &checkpoint]);
    let answer = log.command(ask(&json!({"question": "?", "session_id": "s-1"}))).unwrap();
    assert_eq!(told(&log, &answer)[0].1, [checkpoint.event_id()]);

    let requested =
        event("bmad.workflow.handoff.requested").saying("handoff_id", "h-1").saying("to_agent", "letta-python-dev");
    let accepted = event("agent.handoff.accepted").saying("handoff_id", "h-1").in_session("s-1").caused_by(&requested);
    log.record([&requested, &accepted]);
    let further = event("agent.letta.context.updated");
    let author = Author { correlation_ids: vec![further.event_id()], ..author("letta") };
    let asked = RequestFeedback { author, ..ask(&json!({"question": "?", "session_id": "s-1"})) };
    let answer = log.command(asked).unwrap();
    assert_eq!(told(&log, &answer)[0].1, [accepted.event_id(), further.event_id()]);
    assert_eq!(answer.state::<Question>().unwrap().handoff_id.as_deref(), Some("h-1"));
}

#[test]
fn people_may_ask_without_a_session_and_without_waiting() {
    let mut log = MemoryLog::default();
    let feedback = json!({
        "question": "?", "blocking": false, "from_agent": "bmad-pm", "assignee": "jarad", "priority": "critical",
        "context": {"tradeoffs": ["speed"]}, "options": ["a", "b"], "default_answer": "a", "escalate_to": "anna",
        "deadline": "2027-01-01T00:00:00Z",
    });
    let answer = log.command(ask(&feedback)).unwrap();
    let question: &Question = answer.state().unwrap();
    assert!(!question.blocking);
    assert_eq!(question.from_agent.as_deref(), Some("bmad-pm"));
    assert_eq!((question.assignee.as_deref(), question.escalate_to.as_deref()), (Some("jarad"), Some("anna")));
    assert_eq!((question.options.len(), question.default_answer.as_deref()), (2, Some("a")));
    assert_eq!(question.deadline.unwrap().to_string(), "2027-01-01T00:00:00Z");
    assert_eq!(
        (question.priority, question.context.as_ref().unwrap().as_str()),
        (Priority::Critical, r#"{"tradeoffs":["speed"]}"#)
    );
    assert!(question.rank().starts_with('1'));
}

#[test]
fn what_cannot_be_asked_is_refused_and_says_why() {
    let mut log = MemoryLog::default();
    log.record([&started("s-1"), &started("s-2")]);
    log.record([&event("agent.letta.session.failed").in_session("s-1"), &recovered("s-1", "s-2")]);
    let refused = |log: &mut MemoryLog, feedback: Value| {
        let before = (log.events.len(), log.states.clone());
        let refusal = log.command(ask(&feedback)).unwrap_err();
        assert_eq!((log.events.len(), log.states.clone()), before);
        refusal
    };
    let past = refused(&mut log, json!({"question": "?", "deadline": "2026-01-11T14:30:00Z"}));
    assert!(matches!(past, Refusal::DeadlineInPast { field: "feedback.deadline", .. }), "{past}");
    let nobody = refused(&mut log, json!({"question": "?", "session_id": "s-9"}));
    assert_eq!(nobody, Refusal::NotFound { kind: StateKind::Session, id: "s-9".into() });
    let superseded = refused(&mut log, json!({"question": "?", "session_id": "s-1"}));
    let (session_id, new_session_id) = ("s-1".into(), "s-2".into());
    assert_eq!(superseded, Refusal::SessionSuperseded { session_id, new_session_id });
    let option = refused(&mut log, json!({"question": "?", "options": ["a", "b"], "default_answer": "c"}));
    let (field, options) = ("feedback.default_answer", vec!["a".into(), "b".into()]);
    assert_eq!(option, Refusal::InvalidOption { field, chosen: "c".into(), options });
}

#[test]
fn nobody_but_the_server_asks_about_deadlocks() {
    let mut log = MemoryLog::default();
    let answer = log.command(ask(&json!({"question": "?", "deadlock": true}))).unwrap();
    assert!(!answer.state::<Question>().unwrap().deadlock);
    assert!(told(&log, &answer)[0].2.get("deadlock").is_none());
}

#[test]
fn the_same_question_under_the_same_id_is_asked_once() {
    let mut log = MemoryLog::default();
    log.record([&started("s-1")]);
    let feedback = json!({
        "question": "?", "question_id": QUESTION, "session_id": "s-1", "options": ["a", "b"], "context": {"n": 1},
        "assignee": "jarad", "deadline": log.now.after_seconds(60.0),
    });
    log.command(ask(&feedback)).unwrap();
    log.command(delegate(QUESTION, "anna")).unwrap();
    let again = log.command(ask(&feedback)).unwrap();
    assert_eq!((again.events.len(), again.state::<Question>()), (0, Some(&question(&log))));
    for (member, other) in [
        ("question", json!("!")),
        ("options", json!(["a"])),
        ("context", json!({"n": 2})),
        ("blocking", json!(false)),
        ("deadline", json!(log.now.after_seconds(61.0))),
        ("default_answer", json!("a")),
        ("escalate_to", json!("anna")),
        ("priority", json!("low")),
        ("from_agent", json!("somebody")),
        ("workflow_id", json!("w-9")),
    ] {
        let mut other_feedback = feedback.clone();
        other_feedback[member] = other;
        let refusal = log.command(ask(&other_feedback)).unwrap_err();
        assert_eq!(refusal, Refusal::Exists { kind: StateKind::Question, id: QUESTION.into() }, "{member}");
    }
}
