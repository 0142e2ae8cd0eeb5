use god33_proto::v1::{
    AnswerFeedbackRequest, CancelFeedbackRequest, DelegateFeedbackRequest, EventContext, FeedbackRequested,
    GetEventRequest, GetQuestionRequest, Priority, Question, QuestionState, RequestFeedbackRequest,
    RequestFeedbackResponse,
};
use prost_types::value::Kind as ValueKind;
use prost_types::{Struct, Timestamp, Value};
use tonic::Code;

use crate::build::*;
use crate::common::{TestServer, until};

/// A server, and clients of its log and of its inbox.
pub async fn desk() -> (TestServer, Events, Feedback) {
    let (server, events) = world().await;
    let feedback = Feedback::new(server.channel().await);
    (server, events, feedback)
}

/// Starts a session.
pub async fn start(events: &mut Events, session: &str) {
    let said =
        format!(r#"{{"session_id":"{session}","agent_type":"letta-dev","agent_instance_id":"{session}-agent"}}"#);
    record(events, [event("agent.letta.session.started", &said)]).await;
}

pub fn ask(feedback: FeedbackRequested) -> RequestFeedbackRequest {
    RequestFeedbackRequest { feedback: Some(feedback), ..RequestFeedbackRequest::default() }
}

pub fn question(text: &str) -> FeedbackRequested {
    FeedbackRequested { question: text.into(), question_id: id(), ..FeedbackRequested::default() }
}

/// Asks and gives the id of the question.
pub async fn asked(client: &mut Feedback, feedback: FeedbackRequested) -> String {
    let answer = client.request_feedback(ask(feedback)).await.unwrap().into_inner();
    answer.question.unwrap().question_id
}

pub fn answer(question_id: &str, decision: &str) -> AnswerFeedbackRequest {
    AnswerFeedbackRequest {
        question_id: question_id.into(),
        decision: decision.into(),
        ..AnswerFeedbackRequest::default()
    }
}

pub fn cancel(question_id: &str) -> CancelFeedbackRequest {
    CancelFeedbackRequest { question_id: question_id.into(), ..CancelFeedbackRequest::default() }
}

pub async fn get(client: &mut Feedback, question_id: &str) -> Question {
    let request = GetQuestionRequest { question_id: question_id.into(), ..GetQuestionRequest::default() };
    client.get_question(request).await.unwrap().into_inner().question.unwrap()
}

fn object(name: &str, text: &str) -> Struct {
    let value = Value { kind: Some(ValueKind::StringValue(text.into())) };
    Struct { fields: [(name.to_owned(), value)].into() }
}

/// A time some milliseconds from now.
fn in_millis(millis: i64) -> Option<Timestamp> {
    let at = god33_domain::Timestamp::now().after_seconds(millis as f64 / 1e3);
    Some(Timestamp { seconds: at.seconds(), nanos: at.nanos() as i32 })
}

/// Type and causes of the events that a call recorded.
async fn recorded(events: &mut Events, ids: &[String]) -> Vec<(String, Vec<String>)> {
    let mut told = Vec::new();
    for id in ids {
        let request = GetEventRequest { event_id: id.clone(), ..GetEventRequest::default() };
        let envelope = events.get_event(request).await.unwrap().into_inner().event.unwrap().envelope.unwrap();
        told.push((envelope.event_type, envelope.correlation_ids));
    }
    told
}

#[tokio::test]
async fn a_question_is_asked_answered_and_its_session_goes_on() {
    let (_server, mut events, mut client) = desk().await;
    start(&mut events, "s-1").await;
    let feedback = FeedbackRequested {
        session_id: "s-1".into(),
        context: Some(object("tradeoff", "speed")),
        options: vec!["JWT".into(), "cookies".into()],
        assignee: "jarad".into(),
        escalate_to: "anna".into(),
        default_answer: "JWT".into(),
        deadline: in_millis(3_600_000),
        priority: Priority::High.into(),
        ..question("JWT or cookies?")
    };
    let RequestFeedbackResponse { question, event_ids, position } =
        client.request_feedback(ask(feedback.clone())).await.unwrap().into_inner();
    let open = question.unwrap();
    assert_eq!((open.question_id.as_str(), open.state()), (feedback.question_id.as_str(), QuestionState::Open));
    assert_eq!((open.question.as_str(), open.from_agent.as_str()), ("JWT or cookies?", "letta-dev"));
    assert_eq!((open.session_id.as_str(), open.blocking, open.priority()), ("s-1", true, Priority::High));
    assert_eq!((open.options.len(), open.context), (2, feedback.context));
    assert_eq!(
        (open.assignee.as_str(), open.escalate_to.as_str(), open.default_answer.as_str()),
        ("jarad", "anna", "JWT")
    );
    assert_eq!((open.deadline, open.requested_event_id.as_str()), (feedback.deadline, event_ids[0].as_str()));
    assert_eq!((position, open.position, open.version), (2, 2, 1));

    let pause = r#"{"session_id":"s-1","reason":"awaiting_feedback","checkpoint_id":"cp-1"}"#;
    record(&mut events, [event("agent.letta.session.paused", pause)]).await;
    let request = AnswerFeedbackRequest {
        rationale: "better\nfor services".into(),
        answered_by: "anna".into(),
        answer_context: Some(object("see", "rfc")),
        ..answer(&feedback.question_id, "JWT")
    };
    let answered = client.answer_feedback(request).await.unwrap().into_inner();
    let told = recorded(&mut events, &answered.event_ids).await;
    assert_eq!(told[0], ("agent.feedback.response".to_owned(), event_ids.clone()));
    assert_eq!(told[1], ("agent.letta.session.resumed".to_owned(), vec![answered.event_ids[0].clone()]));
    assert_eq!(answered.position, 5);
    let question = answered.question.unwrap();
    assert_eq!((question.state(), question.decision.as_str()), (QuestionState::Answered, "JWT"));
    assert_eq!((question.answered_by.as_str(), question.rationale.as_str()), ("anna", "better\nfor services"));
    assert_eq!(question.answer_event_id, answered.event_ids[0]);
    assert!(question.answered_at.is_some() && !question.answer_delivered);
    assert_eq!(get(&mut client, &feedback.question_id).await, question);
}

#[tokio::test]
async fn a_question_is_passed_on_and_withdrawn() {
    let (_server, mut events, mut client) = desk().await;
    let id = asked(&mut client, question("?")).await;
    let request = DelegateFeedbackRequest {
        question_id: id.clone(),
        assignee: "security".into(),
        delegated_by: "jarad".into(),
        reason: "they know".into(),
        ..DelegateFeedbackRequest::default()
    };
    let passed = client.delegate_feedback(request).await.unwrap().into_inner().question.unwrap();
    assert_eq!(
        (passed.assignee.as_str(), passed.delegated_by.as_slice()),
        ("security", ["jarad".to_owned()].as_slice())
    );
    let request = CancelFeedbackRequest { cancelled_by: "jarad".into(), reason: "obsolete".into(), ..cancel(&id) };
    let withdrawn = client.cancel_feedback(request).await.unwrap().into_inner();
    assert_eq!(withdrawn.question.unwrap().state(), QuestionState::Cancelled);
    let told = recorded(&mut events, &withdrawn.event_ids).await;
    assert_eq!(told, [("agent.feedback.cancelled".to_owned(), vec![passed.requested_event_id])]);
}

#[tokio::test]
async fn who_comes_late_is_told_what_stands() {
    let (_server, _events, mut client) = desk().await;
    let id = asked(&mut client, FeedbackRequested { options: vec!["a".into(), "b".into()], ..question("?") }).await;
    let refused = client.answer_feedback(answer(&id, "c")).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_OPTION", "decision");

    let first = AnswerFeedbackRequest { answered_by: "anna".into(), ..answer(&id, "a") };
    let answered = client.answer_feedback(first).await.unwrap().into_inner();
    let refused = client.answer_feedback(answer(&id, "b")).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "ALREADY_ANSWERED"));
    assert_eq!((detail(&refused, "answered_by"), detail(&refused, "decision")), ("anna".into(), "a".into()));
    assert_eq!(detail(&refused, "answer_event_id"), answered.event_ids[0]);
    let refused = client.cancel_feedback(cancel(&id)).await.unwrap_err();
    assert_eq!(reason(&refused), "ALREADY_ANSWERED");

    let other = asked(&mut client, question("?")).await;
    client.cancel_feedback(cancel(&other)).await.unwrap();
    let refused = client.answer_feedback(answer(&other, "a")).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "QUESTION_CLOSED"));
    assert_eq!(detail(&refused, "state"), "cancelled");
    let request =
        DelegateFeedbackRequest { question_id: other, assignee: "anna".into(), ..DelegateFeedbackRequest::default() };
    assert_eq!(reason(&client.delegate_feedback(request).await.unwrap_err()), "QUESTION_CLOSED");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let (_server, mut events, mut client) = desk().await;
    let feedback = question("?");
    client.request_feedback(ask(feedback.clone())).await.unwrap();
    // The same again is the same question, also in the other case.
    let same = FeedbackRequested { question_id: feedback.question_id.to_uppercase(), ..feedback.clone() };
    let again = client.request_feedback(ask(same)).await.unwrap().into_inner();
    assert_eq!((again.event_ids.len(), again.question.unwrap().version), (0, 1));
    let other = FeedbackRequested { question: "!".into(), ..feedback };
    let refused = client.request_feedback(ask(other)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "QUESTION_EXISTS"));

    let of_nobody = FeedbackRequested { session_id: "s-9".into(), ..question("?") };
    let refused = client.request_feedback(ask(of_nobody)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "SESSION_NOT_FOUND"));
    let late = FeedbackRequested { deadline: in_millis(-1_000), ..question("?") };
    let refused = client.request_feedback(ask(late)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "DEADLINE_IN_PAST", "feedback.deadline");
    let options = vec!["a".to_owned(), "b".to_owned()];
    let odd = FeedbackRequested { options, default_answer: "c".into(), ..question("?") };
    let refused = client.request_feedback(ask(odd)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_OPTION", "feedback.default_answer");

    let before = head(&mut events).await;
    let long = "x".repeat(256);
    let wrong = FeedbackRequested {
        question_id: "q".into(),
        assignee: long.clone(),
        escalate_to: "\n".into(),
        from_agent: long.clone(),
        session_id: long,
        ..FeedbackRequested::default()
    };
    let context = EventContext { chain_id: "\n".into(), ..EventContext::default() };
    let request = RequestFeedbackRequest { request_id: "r".into(), context: Some(context), ..ask(wrong) };
    let refused = client.request_feedback(request).await.unwrap_err();
    let mut named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort();
    let wanted = [
        "context.chain_id",
        "feedback.assignee",
        "feedback.escalate_to",
        "feedback.from_agent",
        "feedback.question",
        "feedback.question_id",
        "feedback.session_id",
        "request_id",
    ];
    assert_eq!(named, wanted);
    let refused = client.request_feedback(RequestFeedbackRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "feedback");
    assert_eq!(head(&mut events).await, before);
}

#[tokio::test]
async fn a_question_that_nobody_asked_is_not_found_and_wrong_fields_are_named() {
    let (_server, _events, mut client) = desk().await;
    let refused = client.answer_feedback(answer(&id(), "a")).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "QUESTION_NOT_FOUND"));
    assert_eq!(reason(&client.cancel_feedback(cancel(&id())).await.unwrap_err()), "QUESTION_NOT_FOUND");
    let request =
        DelegateFeedbackRequest { question_id: id(), assignee: "a".into(), ..DelegateFeedbackRequest::default() };
    assert_eq!(reason(&client.delegate_feedback(request).await.unwrap_err()), "QUESTION_NOT_FOUND");

    let refused = client.answer_feedback(AnswerFeedbackRequest { answered_by: "\n".into(), ..answer("q", "") }).await;
    let refused = refused.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "question_id");
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "decision");
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "answered_by");
    let refused = client.cancel_feedback(CancelFeedbackRequest { cancelled_by: "\n".into(), ..cancel(&id()) }).await;
    is_refused(&refused.unwrap_err(), Code::InvalidArgument, "INVALID_FIELD", "cancelled_by");
    let refused = client.delegate_feedback(DelegateFeedbackRequest { question_id: id(), ..Default::default() }).await;
    is_refused(&refused.unwrap_err(), Code::InvalidArgument, "INVALID_FIELD", "assignee");
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer() {
    let (_server, mut events, mut client) = desk().await;
    let request = RequestFeedbackRequest { request_id: id(), ..ask(question("?")) };
    let first = client.request_feedback(request.clone()).await.unwrap().into_inner();
    assert_eq!(client.request_feedback(request).await.unwrap().into_inner(), first);
    let request = AnswerFeedbackRequest { request_id: id(), ..answer(&first.question.unwrap().question_id, "a") };
    let answered = client.answer_feedback(request.clone()).await.unwrap().into_inner();
    assert_eq!(client.answer_feedback(request).await.unwrap().into_inner(), answered);
    assert_eq!(head(&mut events).await, 2);
}

#[tokio::test]
async fn time_asks_somebody_else_and_then_gives_the_default_answer() {
    let (_server, _events, mut client) = desk().await;
    let feedback = FeedbackRequested {
        deadline: in_millis(900),
        escalate_to: "anna".into(),
        default_answer: "JWT".into(),
        ..question("?")
    };
    let id = asked(&mut client, feedback).await;
    let plain = asked(&mut client, FeedbackRequested { deadline: in_millis(600), ..question("?") }).await;
    let now = |id: &str| {
        let (mut client, id) = (client.clone(), id.to_owned());
        async move { get(&mut client, &id).await }
    };
    until("it is escalated", || async { now(&id).await.assignee == "anna" }).await;
    until("it is answered", || async { now(&id).await.state() == QuestionState::Answered }).await;
    let answered = now(&id).await;
    assert_eq!((answered.decision.as_str(), answered.answered_by.as_str()), ("JWT", "policy"));
    until("it expires", || async { now(&plain).await.state() == QuestionState::Expired }).await;
}

#[tokio::test]
async fn agents_that_ask_each_other_are_told_to_people_who_choose() {
    let (_server, mut events, mut client) = desk().await;
    for session in ["s-1", "s-2"] {
        start(&mut events, session).await;
    }
    let of = |session: &str, assignee: &str| FeedbackRequested {
        session_id: session.into(),
        assignee: assignee.into(),
        ..question("?")
    };
    let first = asked(&mut client, of("s-1", "s-2-agent")).await;
    let second = client.request_feedback(ask(of("s-2", "s-1-agent"))).await.unwrap().into_inner();
    assert_eq!(second.question.unwrap().state(), QuestionState::Open);
    let told = recorded(&mut events, &second.event_ids).await;
    assert_eq!(told[1].0, "agent.collaboration.deadlock.detected");
    let deadlock = get(&mut client, &second.event_ids[2]).await;
    assert_eq!((deadlock.from_agent.as_str(), deadlock.blocking, deadlock.options.len()), ("god33", false, 2));
    client.answer_feedback(answer(&deadlock.question_id, &first)).await.unwrap();
    assert_eq!(get(&mut client, &first).await.state(), QuestionState::Cancelled);
}

#[tokio::test]
async fn the_question_about_a_cycle_is_withdrawn_when_the_cycle_ends_by_itself() {
    let (_server, mut events, mut client) = desk().await;
    for session in ["s-1", "s-2"] {
        start(&mut events, session).await;
    }
    let of = |session: &str, assignee: &str| FeedbackRequested {
        session_id: session.into(),
        assignee: assignee.into(),
        ..question("?")
    };
    let first = asked(&mut client, of("s-1", "s-2-agent")).await;
    let second = client.request_feedback(ask(of("s-2", "s-1-agent"))).await.unwrap().into_inner();
    let deadlock = get(&mut client, &second.event_ids[2]).await;
    assert_eq!(deadlock.state(), QuestionState::Open);
    client.answer_feedback(answer(&first, "JWT")).await.unwrap();
    until("the question about the cycle is withdrawn", || async {
        get(&mut client.clone(), &deadlock.question_id).await.state() == QuestionState::Cancelled
    })
    .await;
    let late = client.answer_feedback(answer(&deadlock.question_id, &first)).await.unwrap_err();
    assert_eq!((late.code(), reason(&late).as_str()), (Code::FailedPrecondition, "QUESTION_CLOSED"));
}
