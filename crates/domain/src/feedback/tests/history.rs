//! Questions as events from anywhere tell them.

use super::*;
use crate::state::Noun;

fn response(question: &str, decision: &str) -> EventStory {
    event("agent.feedback.response").saying("question_id", question).saying("decision", decision)
}

#[test]
fn a_question_without_an_id_has_that_of_its_event_and_an_answer_finds_it_by_its_cause() {
    let mut log = MemoryLog::default();
    let asked = event("agent.feedback.requested").saying("message", "JWT or cookies?").saying("agent_id", "python-dev");
    let answered = event("agent.feedback.response").saying("response", "JWT").caused_by(&asked);
    log.record([&asked, &answered]);
    let question: Question = log.state(&asked.event_id().to_string());
    assert_eq!((question.question.as_str(), question.from_agent.as_deref()), ("JWT or cookies?", Some("python-dev")));
    assert_eq!((question.state, question.decision.as_deref()), (QuestionState::Answered, Some("JWT")));
    // The agent of the answer is the asker's, so nobody knows who answered.
    assert_eq!(question.answered_by, None);
}

#[test]
fn an_answer_that_names_nobody_is_of_who_speaks_and_not_of_the_agent_that_it_is_for() {
    let mut log = MemoryLog::default();
    let by = |context: &str| {
        let context = crate::JsonText::parse(context).unwrap();
        let answered = response(QUESTION, "JWT").saying("agent_id", "python-dev");
        answered.with(|envelope| envelope.agent_context = Some(context))
    };
    log.record([&asked(QUESTION), &by(r#"{"type":"human_user"}"#)]);
    assert_eq!(question(&log).answered_by.as_deref(), Some("human_user"));
}

#[test]
fn an_answer_that_came_before_its_question_stands() {
    for by_name in [true, false] {
        let mut log = MemoryLog::default();
        let asked = asked(QUESTION).in_session("s-1").saying("priority", "critical");
        let answered = event("agent.feedback.response").saying("decision", "JWT").caused_by(&asked);
        let answered = if by_name { answered.saying("question_id", QUESTION) } else { answered };
        log.record([&answered]);
        log.record([&asked]);
        let question = question(&log);
        assert_eq!((question.state, question.decision.as_deref()), (QuestionState::Answered, Some("JWT")), "{by_name}");
        assert_eq!(question.requested_event_id, Some(asked.event_id()));
        assert_eq!((question.question.as_str(), question.anomalies), ("JWT or cookies?", 0));
        assert!(log.states.values().filter_map(Session::in_state).all(|session| session.open_questions.is_empty()));
    }
}

#[test]
fn the_first_end_and_the_first_request_stand_and_what_follows_is_counted() {
    let mut log = MemoryLog::default();
    let first = response(QUESTION, "JWT");
    log.record([&asked(QUESTION), &first]);
    let before = question(&log);
    for misfit in [
        response(QUESTION, "cookies"),
        event("agent.feedback.expired").saying("question_id", QUESTION),
        event("agent.feedback.cancelled").saying("question_id", QUESTION),
        event("agent.feedback.delegated").saying("question_id", QUESTION).saying("assignee", "anna"),
        event("agent.feedback.escalated").saying("question_id", QUESTION).saying("assignee", "anna"),
        asked(QUESTION).saying("question", "Something else?"),
    ] {
        log.record([&misfit]);
    }
    let after = question(&log);
    assert_eq!(after.anomalies, 6);
    assert_eq!(Question { anomalies: 0, position: before.position, ..after }, before);
}

#[test]
fn what_is_said_in_no_known_way_is_left_out_and_spoils_nothing_else() {
    let mut log = MemoryLog::default();
    let strange = asked(QUESTION)
        .saying("context", json!(["a list"]))
        .saying("options", "yes")
        .saying("deadline", "soon")
        .saying("priority", 4)
        .saying("blocking", "yes")
        .saying("assignee", json!({"name": "anna"}));
    log.record([&strange]);
    let question = question(&log);
    assert_eq!((question.context, question.options, question.deadline, question.assignee), (None, vec![], None, None));
    assert_eq!((question.priority, question.blocking), (Priority::Low, true));
}

#[test]
fn a_question_learns_late_where_it_belongs() {
    let mut log = MemoryLog::default();
    let accepted = event("agent.handoff.accepted").saying("handoff_id", "h-1").in_session("s-1");
    log.record([&asked(QUESTION).caused_by(&accepted)]);
    assert_eq!(question(&log).session_id, None);
    log.record([&accepted]);
    let question = question(&log);
    assert_eq!((question.session_id.as_deref(), question.handoff_id.as_deref()), (Some("s-1"), Some("h-1")));
    assert_eq!((question.version, question.anomalies), (2, 0));
}

#[test]
fn a_delegation_that_comes_again_counts_once_and_the_newest_are_kept() {
    let mut log = MemoryLog::default();
    log.record([&asked(QUESTION)]);
    for number in 0..DELEGATIONS_KEPT + 3 {
        let passed = event("agent.feedback.delegated").saying("question_id", QUESTION);
        let passed =
            passed.saying("delegated_by", format!("p-{number}")).saying("assignee", format!("p-{}", number + 1));
        log.record([&passed]);
    }
    let question = question(&log);
    assert_eq!((question.delegated_by.len(), question.delegated_by[0].as_str()), (DELEGATIONS_KEPT, "p-3"));
}

#[test]
fn the_inbox_is_in_order_of_priority_then_deadline_then_age() {
    let mut log = MemoryLog::default();
    let told = [
        ("low", "low", None),
        ("old", "medium", None),
        ("young", "medium", None),
        ("late", "medium", Some("2027-01-02T00:00:00Z")),
        ("soon", "medium", Some("2027-01-01T00:00:00Z")),
        ("critical", "critical", None),
    ];
    for (name, priority, deadline) in told {
        let story = asked(name).saying("priority", priority);
        log.record([&deadline.map_or(story.clone(), |deadline| story.saying("deadline", deadline))]);
    }
    let mut questions: Vec<&Question> = log.states.values().filter_map(Question::in_state).collect();
    questions.sort_by_key(|question| question.rank());
    let names: Vec<&str> = questions.iter().map(|question| question.question_id.as_str()).collect();
    assert_eq!(names, ["critical", "soon", "late", "old", "young", "low"]);
}
