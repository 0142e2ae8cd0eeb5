use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    EventContext, GetEventRequest, GetWorkflowRequest, Source, StartWorkflowRequest, StartWorkflowResponse,
    WorkflowPhase, WorkflowStatus,
};
use prost_types::value::Kind as ValueKind;
use tonic::{Code, Request};

use crate::build::*;

pub async fn start(workflows: &mut Workflows, project: &str) -> StartWorkflowResponse {
    let request = StartWorkflowRequest { project_name: project.into(), ..StartWorkflowRequest::default() };
    workflows.start_workflow(request).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_workflow_starts_with_all_that_its_request_says() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let cause = event("a.idea", "1");
    record(&mut client, [cause.clone()]).await;
    let number = prost_types::Value { kind: Some(ValueKind::NumberValue(7.0)) };
    let workflow_id = id();
    let request = StartWorkflowRequest {
        workflow_id: workflow_id.clone(),
        project_name: "user-authentication".into(),
        phase: WorkflowPhase::Planning.into(),
        from_agent: "bmad-analyst".into(),
        description: "log people in".into(),
        metadata: Some(prost_types::Struct { fields: [("ticket".to_owned(), number)].into() }),
        context: Some(EventContext {
            correlation_ids: vec![cause.event_id.clone()],
            source: Some(Source {
                host: "vm".into(),
                r#type: "agent".into(),
                app: Some("bmad".into()),
                ..Source::default()
            }),
            chain_id: "chain".into(),
            timestamp: Some(prost_types::Timestamp { seconds: 1_700_000_000, nanos: 5 }),
            ..EventContext::default()
        }),
        ..StartWorkflowRequest::default()
    };
    let mut request = Request::new(request);
    request
        .metadata_mut()
        .insert("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".parse().unwrap());
    let started = workflows.start_workflow(request).await.unwrap().into_inner();
    let workflow = started.workflow.unwrap();
    assert_eq!(
        (workflow.workflow_id.as_str(), workflow.project_name.as_str()),
        (workflow_id.as_str(), "user-authentication")
    );
    assert_eq!((workflow.status(), workflow.current_phase()), (WorkflowStatus::Active, WorkflowPhase::Planning));
    assert_eq!((workflow.current_agent.as_str(), workflow.owner.as_str()), ("bmad-analyst", "anonymous"));
    assert_eq!((workflow.description.as_str(), workflow.version, workflow.position), ("log people in", 1, 2));
    assert_eq!(workflow.started_at.unwrap().nanos, 5);
    assert_eq!(workflow.metadata.unwrap().custom.unwrap().fields.len(), 1);
    assert_eq!(started.position, 2);

    let request = GetEventRequest { event_id: started.event_ids[0].clone(), ..GetEventRequest::default() };
    let event = client.get_event(request).await.unwrap().into_inner().event.unwrap();
    let envelope = event.envelope.unwrap();
    assert_eq!(envelope.correlation_ids, [cause.event_id]);
    assert_eq!(
        (envelope.chain_id.as_str(), envelope.traceparent.as_str()),
        ("chain", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
    );
    assert_eq!(envelope.source.unwrap().app.as_deref(), Some("bmad"));
    let payload = envelope.payload.unwrap();
    let Some(Kind::WorkflowStarted(said)) = payload.kind else { panic!("untyped: {payload:?}") };
    assert_eq!((said.phase(), said.description.as_str()), (WorkflowPhase::Planning, "log people in"));
    assert_eq!(payload.additional_members, r#"{"owner":"anonymous"}"#);
}

#[tokio::test]
async fn a_repeated_start_gets_the_first_workflow_and_an_existing_one_is_refused() {
    let (server, _) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let request =
        StartWorkflowRequest { request_id: id(), project_name: "p".into(), ..StartWorkflowRequest::default() };
    let first = workflows.start_workflow(request.clone()).await.unwrap().into_inner();
    assert_eq!(workflows.start_workflow(request.clone()).await.unwrap().into_inner(), first);
    let other = StartWorkflowRequest { project_name: "q".into(), ..request };
    let refused = workflows.start_workflow(other).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "REQUEST_ID_REUSED"));

    let workflow_id = first.workflow.unwrap().workflow_id;
    let again = StartWorkflowRequest {
        workflow_id: workflow_id.clone(),
        project_name: "p".into(),
        ..StartWorkflowRequest::default()
    };
    let refused = workflows.start_workflow(again).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "WORKFLOW_EXISTS"));
    assert_eq!(detail(&refused, "id"), workflow_id);
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_start_is_named() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let request = StartWorkflowRequest {
        request_id: "r".into(),
        workflow_id: "w".into(),
        phase: 9,
        from_agent: "\u{0}".into(),
        context: Some(EventContext {
            correlation_ids: vec!["c".into()],
            chain_id: "\n".into(),
            ..EventContext::default()
        }),
        ..StartWorkflowRequest::default()
    };
    let refused = workflows.start_workflow(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let mut named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort();
    let wanted = [
        "context.chain_id",
        "context.correlation_ids[0]",
        "from_agent",
        "phase",
        "project_name",
        "request_id",
        "workflow_id",
    ];
    assert_eq!(named, wanted);
    assert_eq!(head(&mut client).await, 0);
}

#[tokio::test]
async fn a_workflow_that_only_raw_events_name_is_known_but_not_its_status() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    record(&mut client, [event("bmad.workflow.phase.completed", r#"{"workflow_id":"w-1","phase":"review"}"#)]).await;
    let request = GetWorkflowRequest { workflow_id: "w-1".into(), ..GetWorkflowRequest::default() };
    let answer = workflows.get_workflow(request).await.unwrap().into_inner();
    let workflow = answer.workflow.unwrap();
    assert_eq!(
        (workflow.status(), workflow.current_phase()),
        (WorkflowStatus::Unspecified, WorkflowPhase::Unspecified)
    );
    assert_eq!((workflow.event_count, answer.position), (1, 1));
    let request = GetWorkflowRequest { workflow_id: "w-2".into(), ..GetWorkflowRequest::default() };
    let refused = workflows.get_workflow(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "WORKFLOW_NOT_FOUND"));
}
