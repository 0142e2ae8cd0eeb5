use std::time::{Duration, Instant};

use god33_proto::v1::{
    FeedbackRequested, GetQuestionRequest, ListQuestionsRequest, Priority, QuestionFilter, QuestionState,
    WaitForAnswerRequest, WatchQuestionsRequest, WatchQuestionsResponse,
};
use tonic::{Code, Streaming};

use crate::build::*;
use crate::common::within;
use crate::feedback::*;

fn wait(question_id: &str, millis: i32) -> WaitForAnswerRequest {
    let wait = Some(prost_types::Duration { seconds: (millis / 1_000).into(), nanos: millis % 1_000 * 1_000_000 });
    WaitForAnswerRequest { question_id: question_id.into(), wait, ..WaitForAnswerRequest::default() }
}

#[tokio::test]
async fn who_waits_has_the_answer_when_it_comes() {
    let (_server, _events, mut client) = desk().await;
    let id = asked(&mut client, question("?")).await;
    let mut waiting = client.clone();
    let wanted = wait(&id, 30_000);
    let waiter = tokio::spawn(async move { waiting.wait_for_answer(wanted).await.unwrap().into_inner() });
    tokio::time::sleep(Duration::from_millis(50)).await;
    // Another question of the same inbox wakes nobody up.
    let other = asked(&mut client, question("?")).await;
    client.answer_feedback(answer(&other, "no")).await.unwrap();
    let position = client.answer_feedback(answer(&id, "yes")).await.unwrap().into_inner().position;
    let answer = within(waiter).await.unwrap();
    assert_eq!((answer.question.unwrap().decision.as_str(), answer.position), ("yes", position));
}

#[tokio::test]
async fn a_wait_ends_in_its_time_without_a_decision() {
    let (_server, _events, mut client) = desk().await;
    let id = asked(&mut client, question("?")).await;
    let began = Instant::now();
    let answer = within(client.wait_for_answer(wait(&id, 200))).await.unwrap().into_inner();
    assert!(began.elapsed() >= Duration::from_millis(200));
    let question = answer.question.unwrap();
    assert_eq!((question.state(), question.decision.as_str()), (QuestionState::Open, ""));
    within(client.wait_for_answer(wait(&id, 0))).await.unwrap();
    // A withdrawal ends it as well.
    client.cancel_feedback(cancel(&id)).await.unwrap();
    let answer = within(client.wait_for_answer(wait(&id, 60_000))).await.unwrap().into_inner();
    assert_eq!(answer.question.unwrap().state(), QuestionState::Cancelled);
}

#[tokio::test]
async fn a_wait_ends_when_the_server_stops() {
    let (server, _events, mut client) = desk().await;
    let id = asked(&mut client, question("?")).await;
    let waiter = tokio::spawn(async move { client.wait_for_answer(wait(&id, 60_000)).await });
    tokio::time::sleep(Duration::from_millis(50)).await;
    within(server.stop()).await;
    within(waiter).await.unwrap().unwrap();
}

#[tokio::test]
async fn what_cannot_be_waited_for_is_refused() {
    let (_server, _events, mut client) = desk().await;
    let refused = client.wait_for_answer(wait(&id(), 0)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "QUESTION_NOT_FOUND"));
    let request = WaitForAnswerRequest { session_id: "\n".into(), ..wait("q", 60_001) };
    let refused = client.wait_for_answer(request).await.unwrap_err();
    for field in ["question_id", "wait", "session_id"] {
        is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", field);
    }
    let refused =
        client.get_question(GetQuestionRequest { question_id: id(), ..Default::default() }).await.unwrap_err();
    assert_eq!(reason(&refused), "QUESTION_NOT_FOUND");
}

#[tokio::test]
async fn an_answer_is_delivered_when_the_session_that_asked_has_it() {
    let (_server, mut events, mut client) = desk().await;
    start(&mut events, "s-1").await;
    let id = asked(&mut client, FeedbackRequested { session_id: "s-1".into(), ..question("?") }).await;
    let as_session = |session: &str| WaitForAnswerRequest { session_id: session.into(), ..wait(&id, 0) };
    // What is not answered is not delivered, and a stranger receives nothing for others.
    client.wait_for_answer(as_session("s-1")).await.unwrap();
    client.answer_feedback(answer(&id, "yes")).await.unwrap();
    for session in ["", "s-2"] {
        let answer = client.wait_for_answer(as_session(session)).await.unwrap().into_inner();
        assert!(!answer.question.unwrap().answer_delivered);
    }
    let answer = client.wait_for_answer(as_session("s-1")).await.unwrap().into_inner();
    assert!(answer.question.unwrap().answer_delivered);
    assert!(get(&mut client, &id).await.answer_delivered);
    let all = QuestionFilter { states: vec![QuestionState::Answered.into()], ..QuestionFilter::default() };
    let listed = client.list_questions(list(all)).await.unwrap().into_inner();
    assert!(listed.questions[0].answer_delivered);
}

#[tokio::test]
async fn who_takes_over_receives_the_answer_that_the_failed_session_never_had() {
    let (_server, mut events, mut client) = desk().await;
    start(&mut events, "s-1").await;
    let id = asked(&mut client, FeedbackRequested { session_id: "s-1".into(), ..question("?") }).await;
    client.answer_feedback(answer(&id, "yes")).await.unwrap();
    let recovery = r#"{"new_session_id":"s-2","failed_session_id":"s-1","agent_type":"letta-dev"}"#;
    let failed = event("agent.letta.session.failed", r#"{"session_id":"s-1","failure_reason":"?"}"#);
    record(&mut events, [failed, event("agent.letta.session.recovery.started", recovery)]).await;
    assert_eq!(get(&mut client, &id).await.session_id, "s-2");
    let request = WaitForAnswerRequest { session_id: "s-2".into(), ..wait(&id, 0) };
    assert!(client.wait_for_answer(request).await.unwrap().into_inner().question.unwrap().answer_delivered);
}

fn list(filter: QuestionFilter) -> ListQuestionsRequest {
    ListQuestionsRequest { filter: Some(filter), ..ListQuestionsRequest::default() }
}

async fn listed(client: &mut Feedback, request: ListQuestionsRequest) -> Vec<String> {
    let answer = client.list_questions(request).await.unwrap().into_inner();
    answer.questions.into_iter().map(|question| question.question).collect()
}

#[tokio::test]
async fn the_inbox_lists_the_most_urgent_first_page_by_page() {
    let (_server, _events, mut client) = desk().await;
    for (text, priority) in
        [("low", Priority::Low), ("medium", Priority::Unspecified), ("critical", Priority::Critical)]
    {
        asked(&mut client, FeedbackRequested { priority: priority.into(), ..question(text) }).await;
    }
    let soon = FeedbackRequested {
        deadline: Some(prost_types::Timestamp { seconds: 4_000_000_000, nanos: 0 }),
        ..question("soon")
    };
    asked(&mut client, soon).await;
    let (mut found, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListQuestionsRequest { page_size: 3, page_token, ..ListQuestionsRequest::default() };
        let page = client.list_questions(request).await.unwrap().into_inner();
        found.extend(page.questions.into_iter().map(|question| question.question));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(found, ["critical", "soon", "medium", "low"]);
    let request = ListQuestionsRequest { page_token: "?".into(), ..ListQuestionsRequest::default() };
    let refused = client.list_questions(request).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}

#[tokio::test]
async fn a_filter_chooses_by_who_asks_who_is_asked_and_where_it_stands() {
    let (_server, mut events, mut client) = desk().await;
    start(&mut events, "s-1").await;
    let to = |text: &str, assignee: &str| FeedbackRequested { assignee: assignee.into(), ..question(text) };
    asked(&mut client, FeedbackRequested { session_id: "s-1".into(), ..to("to anna", "anna") }).await;
    asked(&mut client, FeedbackRequested { workflow_id: id(), ..to("to jarad", "jarad") }).await;
    asked(&mut client, to("to anybody", "")).await;
    let closed = asked(&mut client, to("closed", "anna")).await;
    client.answer_feedback(answer(&closed, "yes")).await.unwrap();

    assert_eq!(listed(&mut client, list(QuestionFilter::default())).await, ["to anna", "to jarad", "to anybody"]);
    let anna = QuestionFilter { assignee: "anna".into(), ..QuestionFilter::default() };
    assert_eq!(listed(&mut client, list(anna.clone())).await, ["to anna", "to anybody"]);
    let states = vec![QuestionState::Open.into(), QuestionState::Answered.into()];
    let both = QuestionFilter { states, ..anna };
    assert_eq!(listed(&mut client, list(both)).await, ["to anna", "to anybody", "closed"]);
    let session = QuestionFilter { session_id: "s-1".into(), ..QuestionFilter::default() };
    assert_eq!(listed(&mut client, list(session)).await, ["to anna"]);
    let agent = QuestionFilter { agent_id: "letta-dev".into(), ..QuestionFilter::default() };
    assert_eq!(listed(&mut client, list(agent)).await, ["to anna"]);
    let workflow = QuestionFilter { workflow_id: id(), ..QuestionFilter::default() };
    assert!(listed(&mut client, list(workflow)).await.is_empty());
    let refused =
        client.list_questions(list(QuestionFilter { states: vec![9], ..Default::default() })).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "filter.states[0]");
}

type Watch = Streaming<WatchQuestionsResponse>;

async fn watch(client: &mut Feedback, filter: QuestionFilter) -> Watch {
    let request = WatchQuestionsRequest { filter: Some(filter), min_position: 0 };
    client.watch_questions(request).await.unwrap().into_inner()
}

async fn next(watch: &mut Watch) -> WatchQuestionsResponse {
    within(watch.message()).await.unwrap().unwrap()
}

/// The next change: what changed it, and how the question stands.
async fn change(watch: &mut Watch) -> (String, String, QuestionState) {
    let answer = next(watch).await;
    let event = answer.event.unwrap();
    assert_eq!(event.position, answer.position);
    let question = answer.question.unwrap();
    let state = question.state();
    (event.envelope.unwrap().event_type, question.question, state)
}

#[tokio::test]
async fn a_watched_inbox_shows_what_is_open_then_every_change() {
    let (_server, _events, mut client) = desk().await;
    let first = asked(&mut client, FeedbackRequested { priority: Priority::Low.into(), ..question("first") }).await;
    asked(&mut client, question("second")).await;
    let mut inbox = watch(&mut client, QuestionFilter::default()).await;
    let (one, two, end) = (next(&mut inbox).await, next(&mut inbox).await, next(&mut inbox).await);
    assert_eq!((one.question.unwrap().question.as_str(), one.event), ("second", None));
    assert_eq!(two.question.unwrap().question, "first");
    assert_eq!((end.question, end.event, end.position), (None, None, 2));

    asked(&mut client, question("third")).await;
    client.answer_feedback(answer(&first, "yes")).await.unwrap();
    let asked = ("agent.feedback.requested".to_owned(), "third".to_owned(), QuestionState::Open);
    assert_eq!(change(&mut inbox).await, asked);
    // What is not meant any more is told once.
    let answered = ("agent.feedback.response".to_owned(), "first".to_owned(), QuestionState::Answered);
    assert_eq!(change(&mut inbox).await, answered);
}

#[tokio::test]
async fn a_watched_inbox_is_of_whom_it_says() {
    let (_server, _events, mut client) = desk().await;
    let mut anna = watch(&mut client, QuestionFilter { assignee: "anna".into(), ..QuestionFilter::default() }).await;
    assert_eq!(next(&mut anna).await.question, None);
    let id = asked(&mut client, FeedbackRequested { assignee: "jarad".into(), ..question("moving") }).await;
    for assignee in ["anna", "jarad", "security"] {
        let request = god33_proto::v1::DelegateFeedbackRequest {
            question_id: id.clone(),
            assignee: assignee.into(),
            ..Default::default()
        };
        client.delegate_feedback(request).await.unwrap();
    }
    asked(&mut client, question("to anybody")).await;
    // Passed to her, and away again; what follows is not hers.
    let mut assignees = Vec::new();
    loop {
        let question = next(&mut anna).await.question.unwrap();
        if question.question == "to anybody" {
            break;
        }
        assignees.push(question.assignee);
    }
    // The stream shows the newest state: when it looked late, the question had come and gone.
    assert!(assignees.is_empty() || assignees.last().is_some_and(|last| last != "anna"), "{assignees:?}");
}

#[tokio::test]
async fn a_watched_inbox_follows_a_question_to_the_session_that_takes_over() {
    let (_server, mut events, mut client) = desk().await;
    start(&mut events, "s-1").await;
    asked(&mut client, FeedbackRequested { session_id: "s-1".into(), ..question("?") }).await;
    let mut theirs = watch(&mut client, QuestionFilter { session_id: "s-2".into(), ..QuestionFilter::default() }).await;
    assert_eq!(next(&mut theirs).await.question, None);
    let failed = event("agent.letta.session.failed", r#"{"session_id":"s-1","failure_reason":"?"}"#);
    let recovery = r#"{"new_session_id":"s-2","failed_session_id":"s-1","agent_type":"letta-dev"}"#;
    record(&mut events, [failed, event("agent.letta.session.recovery.started", recovery)]).await;
    assert_eq!(change(&mut theirs).await.0, "agent.letta.session.recovery.started");
}
