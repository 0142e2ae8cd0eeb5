use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    BatchGetEventsRequest, CompleteSessionRequest, ContextLevel, ContextUpdated, EventContext, FailSessionRequest,
    GetSessionRequest, ListSessionsRequest, PauseSessionRequest, RecordedEvent, ResumeSessionRequest, SessionStarted,
    SessionStatus, StartSessionRequest, StartSessionResponse, UpdateContextRequest, WatchSessionRequest, WorkMetrics,
};
use prost_types::Duration;
use prost_types::value::Kind as ValueKind;
use tonic::{Code, Status};

use crate::build::*;
use crate::common::{TestServer, within};
use crate::team::*;

/// A server, and clients for the log and for sessions.
pub async fn agents() -> (TestServer, Events, Sessions) {
    let (server, events) = world().await;
    let sessions = Sessions::new(server.channel().await);
    (server, events, sessions)
}

pub fn started(agent_type: &str) -> SessionStarted {
    SessionStarted { agent_type: agent_type.into(), ..SessionStarted::default() }
}

pub fn start(session: SessionStarted) -> StartSessionRequest {
    StartSessionRequest { session: Some(session), ..StartSessionRequest::default() }
}

/// Starts a session of a Letta agent and gives its id.
pub async fn begin(sessions: &mut Sessions) -> String {
    sessions.start_session(start(started("letta-python-dev"))).await.unwrap().into_inner().session.unwrap().session_id
}

/// The recorded events of an answer.
pub async fn recorded(events: &mut Events, event_ids: &[String]) -> Vec<RecordedEvent> {
    let request = BatchGetEventsRequest { event_ids: event_ids.to_vec(), ..BatchGetEventsRequest::default() };
    events.batch_get_events(request).await.unwrap().into_inner().events
}

/// Their types and causes.
pub fn told(events: &[RecordedEvent]) -> Vec<(&str, &[String])> {
    let envelopes = events.iter().map(|event| event.envelope.as_ref().unwrap());
    envelopes.map(|envelope| (envelope.event_type.as_str(), envelope.correlation_ids.as_slice())).collect()
}

pub fn refused(status: &Status) -> (Code, String) {
    (status.code(), reason(status))
}

pub fn fail(session_id: &str) -> FailSessionRequest {
    FailSessionRequest {
        session_id: session_id.into(),
        failure_reason: "connection_timeout".into(),
        ..FailSessionRequest::default()
    }
}

fn pause(session_id: &str) -> PauseSessionRequest {
    PauseSessionRequest { session_id: session_id.into(), reason: "lunch".into(), ..PauseSessionRequest::default() }
}

async fn get(sessions: &mut Sessions, session_id: &str) -> god33_proto::v1::Session {
    let request = GetSessionRequest { session_id: session_id.into(), ..GetSessionRequest::default() };
    sessions.get_session(request).await.unwrap().into_inner().session.unwrap()
}

#[tokio::test]
async fn a_session_starts_with_all_that_its_request_says() {
    let (_server, mut events, mut sessions) = agents().await;
    let workflow = id();
    let json = format!(r#"{{"workflow_id":"{workflow}"}}"#);
    let cause = event("bmad.workflow.started", &json);
    record(&mut events, [cause.clone()]).await;
    let number = prost_types::Value { kind: Some(ValueKind::NumberValue(7.0)) };
    let (session_id, agent_id) = (id(), id());
    let session = SessionStarted {
        session_id: session_id.clone(),
        workflow_id: workflow.clone(),
        agent_instance_id: "letta-python-dev-001".into(),
        metadata: Some(prost_types::Struct { fields: [("ticket".to_owned(), number)].into() }),
        ..started("letta-python-dev")
    };
    let request = StartSessionRequest {
        heartbeat_timeout: Some(Duration { seconds: 90, nanos: 500_000_000 }),
        agent_id: agent_id.clone(),
        context: Some(EventContext { correlation_ids: vec![cause.event_id.clone()], ..EventContext::default() }),
        ..start(session)
    };
    let answer = sessions.start_session(request).await.unwrap().into_inner();
    let session = answer.session.unwrap();
    assert_eq!((session.session_id.as_str(), session.status()), (session_id.as_str(), SessionStatus::Active));
    assert_eq!((session.agent_type.as_str(), session.framework.as_str()), ("letta-python-dev", "letta"));
    assert_eq!((session.agent_instance_id.as_str(), &session.agent_id), ("letta-python-dev-001", &agent_id));
    assert_eq!((session.workflow_id, session.fencing_token, session.version), (workflow, 1, 1));
    assert_eq!(session.heartbeat_timeout, Some(Duration { seconds: 90, nanos: 500_000_000 }));
    assert_eq!(session.metadata.unwrap().fields.len(), 1);
    assert_eq!((session.position, answer.position), (2, 2));

    let recorded = recorded(&mut events, &answer.event_ids).await;
    assert_eq!(told(&recorded), [("agent.letta.session.started", [cause.event_id].as_slice())]);
    let payload = recorded[0].envelope.as_ref().unwrap().payload.as_ref().unwrap();
    let Some(Kind::SessionStarted(said)) = &payload.kind else { panic!("untyped: {payload:?}") };
    assert_eq!(said.session_id, session_id);
    let further = format!(r#"{{"heartbeat_timeout_seconds":90.5,"registered_agent_id":"{agent_id}"}}"#);
    assert_eq!(payload.additional_members, further);
}

#[tokio::test]
async fn a_start_without_an_id_gets_one_and_a_repeat_the_first_answer() {
    let (_server, mut events, mut sessions) = agents().await;
    let request = StartSessionRequest { request_id: id(), ..start(started("agno")) };
    let first: StartSessionResponse = sessions.start_session(request.clone()).await.unwrap().into_inner();
    let again = sessions.start_session(request).await.unwrap().into_inner();
    assert_eq!(first.event_ids, again.event_ids);
    let session = first.session.unwrap();
    assert!(uuid::Uuid::parse_str(&session.session_id).is_ok());
    assert_eq!(session.heartbeat_timeout, Some(Duration { seconds: 60, nanos: 0 }));
    assert_eq!(head(&mut events).await, 1);
    let taken = start(SessionStarted { session_id: session.session_id, ..started("agno") });
    let status = sessions.start_session(taken).await.unwrap_err();
    assert_eq!(refused(&status), (Code::AlreadyExists, "SESSION_EXISTS".into()));
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_start_is_named() {
    let (_server, _, mut sessions) = agents().await;
    let wrong = StartSessionRequest {
        session: Some(SessionStarted { session_id: "a\u{0}b".into(), workflow_id: "w".into(), ..started("") }),
        framework: "two\nlines".into(),
        heartbeat_timeout: Some(Duration { seconds: 0, nanos: 1 }),
        agent_id: "nobody".into(),
        ..StartSessionRequest::default()
    };
    let status = sessions.start_session(wrong).await.unwrap_err();
    let mut named: Vec<String> = fields(&status).into_iter().map(|(field, _)| field).collect();
    named.sort();
    let expected = [
        "agent_id",
        "framework",
        "heartbeat_timeout",
        "session.agent_type",
        "session.session_id",
        "session.workflow_id",
    ];
    assert_eq!((status.code(), named), (Code::InvalidArgument, expected.map(str::to_owned).to_vec()));
    let status = sessions.start_session(StartSessionRequest::default()).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "session");
    let reserved = StartSessionRequest { framework: "handoff".into(), ..start(started("x")) };
    is_refused(
        &sessions.start_session(reserved).await.unwrap_err(),
        Code::InvalidArgument,
        "INVALID_FIELD",
        "framework",
    );
    let lost = start(SessionStarted { workflow_id: id(), ..started("x") });
    let status = sessions.start_session(lost).await.unwrap_err();
    assert_eq!(refused(&status), (Code::NotFound, "WORKFLOW_NOT_FOUND".into()));
}

#[tokio::test]
async fn a_session_waits_goes_on_and_ends() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let paused = sessions.pause_session(pause(&agent)).await.unwrap().into_inner();
    let session = paused.session.unwrap();
    assert_eq!((session.status(), session.reason.as_str()), (SessionStatus::Paused, "lunch"));
    let status = sessions.pause_session(pause(&agent)).await.unwrap_err();
    assert_eq!(refused(&status), (Code::FailedPrecondition, "WRONG_STATE".into()));
    assert_eq!((detail(&status, "state"), detail(&status, "allowed")), ("paused".into(), "active".into()));

    let resume = ResumeSessionRequest { session_id: agent.clone(), ..ResumeSessionRequest::default() };
    let lost = ResumeSessionRequest { resuming_from_checkpoint: "none".into(), ..resume.clone() };
    let status = sessions.resume_session(lost).await.unwrap_err();
    assert_eq!(refused(&status), (Code::NotFound, "CHECKPOINT_NOT_FOUND".into()));
    let session = sessions.resume_session(resume).await.unwrap().into_inner().session.unwrap();
    assert_eq!((session.status(), session.reason.as_str()), (SessionStatus::Active, ""));

    let complete = CompleteSessionRequest {
        session_id: agent.clone(),
        summary: "All done".into(),
        metrics: Some(WorkMetrics { tokens_used: Some(7), ..WorkMetrics::default() }),
        ..CompleteSessionRequest::default()
    };
    let answer = sessions.complete_session(complete).await.unwrap().into_inner();
    let session = answer.session.unwrap();
    assert_eq!((session.status(), session.metrics.unwrap().tokens_used), (SessionStatus::Completed, Some(7)));
    assert!(session.completed_at.is_some());
    let recorded = recorded(&mut events, &answer.event_ids).await;
    assert_eq!(told(&recorded)[0].0, "agent.letta.session.completed");
    let status = sessions.fail_session(fail(&agent)).await.unwrap_err();
    assert_eq!(refused(&status), (Code::FailedPrecondition, "WRONG_STATE".into()));
}

#[tokio::test]
async fn a_failure_says_why() {
    let (_server, _, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let silent = FailSessionRequest { failure_reason: String::new(), ..fail(&agent) };
    is_refused(
        &sessions.fail_session(silent).await.unwrap_err(),
        Code::InvalidArgument,
        "INVALID_FIELD",
        "failure_reason",
    );
    let session = sessions.fail_session(fail(&agent)).await.unwrap().into_inner().session.unwrap();
    assert_eq!((session.status(), session.reason.as_str()), (SessionStatus::Failed, "connection_timeout"));
}

#[tokio::test]
async fn calls_for_sessions_that_nobody_knows_say_so() {
    let (_server, _, mut sessions) = agents().await;
    let nobody = id();
    let statuses = [
        sessions.pause_session(pause(&nobody)).await.unwrap_err(),
        sessions.fail_session(fail(&nobody)).await.unwrap_err(),
        sessions
            .get_session(GetSessionRequest { session_id: nobody.clone(), ..GetSessionRequest::default() })
            .await
            .unwrap_err(),
        sessions
            .watch_session(WatchSessionRequest { session_id: nobody, ..WatchSessionRequest::default() })
            .await
            .unwrap_err(),
    ];
    for status in statuses {
        assert_eq!(refused(&status), (Code::NotFound, "SESSION_NOT_FOUND".into()));
    }
    for empty in [sessions.pause_session(pause("")).await.unwrap_err()] {
        is_refused(&empty, Code::InvalidArgument, "INVALID_FIELD", "session_id");
    }
}

#[tokio::test]
async fn a_context_that_fills_up_is_a_warning_and_then_critical() {
    let (_server, _, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let update = |tokens| UpdateContextRequest {
        update: Some(ContextUpdated {
            session_id: agent.clone(),
            context_tokens: Some(tokens),
            context_limit: Some(100),
            ..ContextUpdated::default()
        }),
        ..UpdateContextRequest::default()
    };
    for (tokens, level) in [(10, ContextLevel::Healthy), (70, ContextLevel::Warning), (95, ContextLevel::Critical)] {
        let session = sessions.update_context(update(tokens)).await.unwrap().into_inner().session.unwrap();
        let health = session.context_health.unwrap();
        assert_eq!((health.context_tokens, health.context_limit, health.level()), (tokens, 100, level));
    }
    let status = sessions.update_context(update(-1)).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "update.context_tokens");
    let status = sessions.update_context(UpdateContextRequest::default()).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "update");
}

#[tokio::test]
async fn a_session_that_only_events_name_is_read_but_not_moved() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = id();
    let json = format!(r#"{{"session_id":"{agent}","checkpoint_id":"c-1"}}"#);
    record(&mut events, [event("agent.letta.checkpoint.saved", &json)]).await;
    let session = get(&mut sessions, &agent).await;
    assert_eq!((session.status(), session.checkpoint_count), (SessionStatus::Unspecified, 1));
    let status = sessions.pause_session(pause(&agent)).await.unwrap_err();
    assert_eq!((reason(&status).as_str(), detail(&status, "state").as_str()), ("WRONG_STATE", "unknown"));
    let session = start(SessionStarted { session_id: agent.clone(), ..started("letta") });
    sessions.start_session(session).await.unwrap();
    assert_eq!(get(&mut sessions, &agent).await.status(), SessionStatus::Active);
}

#[tokio::test]
async fn sessions_are_listed_by_agent_state_and_workflow() {
    let (_server, mut events, mut sessions) = agents().await;
    let workflow = id();
    record(&mut events, [event("bmad.workflow.started", &format!(r#"{{"workflow_id":"{workflow}"}}"#))]).await;
    let mut ids = Vec::new();
    for (agent_type, workflow_id) in
        [("letta-a", workflow.clone()), ("letta-b", workflow.clone()), ("letta-a", String::new())]
    {
        let request = start(SessionStarted { workflow_id, ..started(agent_type) });
        ids.push(sessions.start_session(request).await.unwrap().into_inner().session.unwrap().session_id);
    }
    sessions.pause_session(pause(&ids[1])).await.unwrap();
    let all = ListSessionsRequest::default();
    let chosen = [
        (all.clone(), vec![2, 1, 0]),
        (ListSessionsRequest { agent: "letta-a".into(), ..all.clone() }, vec![2, 0]),
        (ListSessionsRequest { workflow_id: workflow, ..all.clone() }, vec![1, 0]),
        (ListSessionsRequest { statuses: vec![SessionStatus::Paused.into()], ..all.clone() }, vec![1]),
        (ListSessionsRequest { agent: "nobody".into(), ..all.clone() }, vec![]),
    ];
    for (request, expected) in chosen {
        let page = sessions.list_sessions(request.clone()).await.unwrap().into_inner();
        let listed: Vec<&str> = page.sessions.iter().map(|session| session.session_id.as_str()).collect();
        let expected: Vec<&str> = expected.into_iter().map(|index: usize| ids[index].as_str()).collect();
        assert_eq!((listed, page.next_page_token.as_str()), (expected, ""), "{request:?}");
    }
    let first = sessions.list_sessions(ListSessionsRequest { page_size: 2, ..all.clone() }).await.unwrap().into_inner();
    let rest = ListSessionsRequest { page_size: 2, page_token: first.next_page_token, ..all.clone() };
    let rest = sessions.list_sessions(rest).await.unwrap().into_inner();
    assert_eq!((first.sessions.len(), rest.sessions[0].session_id.as_str()), (2, ids[0].as_str()));
    let status = sessions.list_sessions(ListSessionsRequest { statuses: vec![9], ..all }).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "statuses[0]");
}

#[tokio::test]
async fn a_watched_session_is_told_as_it_is_and_after_each_change() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let request = WatchSessionRequest { session_id: agent.clone(), ..WatchSessionRequest::default() };
    let mut watch = sessions.watch_session(request).await.unwrap().into_inner();
    let first = within(watch.message()).await.unwrap().unwrap();
    assert_eq!((first.session.unwrap().status(), first.event, first.position), (SessionStatus::Active, None, 1));
    begin(&mut sessions).await;
    sessions.pause_session(pause(&agent)).await.unwrap();
    let next = within(watch.message()).await.unwrap().unwrap();
    assert_eq!(next.session.unwrap().status(), SessionStatus::Paused);
    assert_eq!(next.event.unwrap().envelope.unwrap().event_type, "agent.letta.session.paused");
    assert_eq!(next.position, 3);

    // A question that the session asks changes what it waits for, and so does the answer, which names no session.
    let question = id();
    let asked = format!(r#"{{"session_id":"{agent}","question_id":"{question}","question":"JWT?"}}"#);
    let answered = format!(r#"{{"question_id":"{question}","decision":"yes"}}"#);
    record(&mut events, [event("agent.feedback.requested", &asked)]).await;
    assert_eq!(within(watch.message()).await.unwrap().unwrap().position, 4);
    record(&mut events, [event("agent.feedback.response", &answered)]).await;
    assert_eq!(within(watch.message()).await.unwrap().unwrap().position, 5);
}
