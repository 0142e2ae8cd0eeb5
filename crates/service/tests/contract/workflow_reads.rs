use god33_proto::v1::{
    EventOrder, GetTimelineRequest, ListWorkflowsRequest, WatchWorkflowRequest, WorkflowPhase, WorkflowStatus,
};
use tonic::Code;

use crate::build::*;
use crate::common::within;
use crate::workflows::start;

#[tokio::test]
async fn workflows_are_listed_newest_first_page_by_page() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let mut started = Vec::new();
    for project in ["a", "b", "c"] {
        started.push(start(&mut workflows, project).await.workflow.unwrap().workflow_id);
    }
    let touched = format!(r#"{{"workflow_id":"{}"}}"#, started[0]);
    record(&mut client, [event("git.commit", &touched)]).await;
    let request = ListWorkflowsRequest { page_size: 2, ..ListWorkflowsRequest::default() };
    let first = workflows.list_workflows(request.clone()).await.unwrap().into_inner();
    let second = ListWorkflowsRequest { page_token: first.next_page_token.clone(), ..request };
    let second = workflows.list_workflows(second).await.unwrap().into_inner();
    let projects: Vec<&str> =
        first.workflows.iter().chain(&second.workflows).map(|workflow| workflow.project_name.as_str()).collect();
    assert_eq!(projects, ["a", "c", "b"]);
    assert_eq!(second.next_page_token, "");
}

#[tokio::test]
async fn every_filter_of_workflows_chooses_and_a_wrong_one_is_refused() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let first = start(&mut workflows, "a").await.workflow.unwrap();
    start(&mut workflows, "b").await;
    let ended = format!(r#"{{"workflow_id":"{}"}}"#, first.workflow_id);
    record(&mut client, [event("bmad.workflow.failed", &ended)]).await;
    let request = ListWorkflowsRequest::default;
    let early = prost_types::Timestamp { seconds: 1, nanos: 0 };
    for (request, wanted) in [
        (ListWorkflowsRequest { project_name: "a".into(), ..request() }, vec!["a"]),
        (ListWorkflowsRequest { status: WorkflowStatus::Active.into(), ..request() }, vec!["b"]),
        (ListWorkflowsRequest { status: WorkflowStatus::Failed.into(), ..request() }, vec!["a"]),
        (ListWorkflowsRequest { phase: WorkflowPhase::Analysis.into(), ..request() }, vec!["a", "b"]),
        (ListWorkflowsRequest { phase: WorkflowPhase::Planning.into(), ..request() }, vec![]),
        (ListWorkflowsRequest { agent_id: "nobody".into(), ..request() }, vec![]),
        (ListWorkflowsRequest { since: Some(early), ..request() }, vec!["a", "b"]),
        (ListWorkflowsRequest { until: Some(early), ..request() }, vec![]),
        (ListWorkflowsRequest { query: "A".into(), ..request() }, vec!["a"]),
        (ListWorkflowsRequest { query: "a b".into(), ..request() }, vec![]),
        (ListWorkflowsRequest { query: " ".into(), ..request() }, vec!["a", "b"]),
    ] {
        let found = workflows.list_workflows(request.clone()).await.unwrap().into_inner().workflows;
        let found: Vec<&str> = found.iter().map(|workflow| workflow.project_name.as_str()).collect();
        assert_eq!(found, wanted, "{request:?}");
    }
    for (request, reason, field) in [
        (ListWorkflowsRequest { phase: 9, ..request() }, "INVALID_FIELD", "phase"),
        (ListWorkflowsRequest { status: 9, ..request() }, "INVALID_FIELD", "status"),
        (ListWorkflowsRequest { agent_id: "\u{0}".into(), ..request() }, "INVALID_FILTER", "agent_id"),
        (ListWorkflowsRequest { since: Some(early), until: Some(early), ..request() }, "INVALID_FILTER", "until"),
        (ListWorkflowsRequest { query: "\u{0}".into(), ..request() }, "INVALID_FILTER", "query"),
        (ListWorkflowsRequest { page_size: 1_001, ..request() }, "INVALID_PAGE_SIZE", "page_size"),
    ] {
        let refused = workflows.list_workflows(request).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, reason, field);
    }
}

#[tokio::test]
async fn a_list_of_workflows_says_how_many_are_meant_when_asked() {
    let (server, _) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    for project in ["billing", "bills", "login"] {
        start(&mut workflows, project).await;
    }
    let request = ListWorkflowsRequest { query: "BILL".into(), page_size: 1, ..ListWorkflowsRequest::default() };
    let counted = ListWorkflowsRequest { include_total: true, ..request.clone() };
    let page = workflows.list_workflows(counted).await.unwrap().into_inner();
    assert_eq!((page.workflows.len(), page.total), (1, Some(2)));
    assert_ne!(page.next_page_token, "");
    assert_eq!(workflows.list_workflows(request).await.unwrap().into_inner().total, None);
}

#[tokio::test]
async fn a_timeline_tells_the_history_line_by_line() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let started = start(&mut workflows, "p").await;
    let workflow_id = started.workflow.unwrap().workflow_id;
    let said = format!(r#"{{"workflow_id":"{workflow_id}","phase":"analysis","from_agent":"bmad-analyst"}}"#);
    record(&mut client, [event("bmad.workflow.phase.completed", &said), event("a.other", "1")]).await;
    let request =
        GetTimelineRequest { workflow_id: workflow_id.clone(), page_size: 1, ..GetTimelineRequest::default() };
    let first = workflows.get_timeline(request.clone()).await.unwrap().into_inner();
    assert_eq!(first.timeline[0].event_id, started.event_ids[0]);
    let second = GetTimelineRequest { page_token: first.next_page_token, ..request.clone() };
    let second = workflows.get_timeline(second).await.unwrap().into_inner();
    let line = &second.timeline[0];
    assert_eq!(
        (line.event_type.as_str(), line.agent.as_str(), line.position),
        ("bmad.workflow.phase.completed", "bmad-analyst", 2)
    );
    assert!(line.summary.contains("nalysis"), "{}", line.summary);
    assert_eq!(second.next_page_token, "");

    let newest = GetTimelineRequest { order: EventOrder::NewestFirst.into(), page_size: 0, ..request };
    let newest = workflows.get_timeline(newest).await.unwrap().into_inner();
    let positions: Vec<u64> = newest.timeline.iter().map(|line| line.position).collect();
    assert_eq!((newest.workflow_id, positions), (workflow_id, vec![2, 1]));
    let refused =
        workflows.get_timeline(GetTimelineRequest { workflow_id: "x".into(), ..GetTimelineRequest::default() }).await;
    let refused = refused.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "WORKFLOW_NOT_FOUND"));
}

#[tokio::test]
async fn a_watch_begins_with_the_state_and_tells_each_change() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let workflow_id = start(&mut workflows, "p").await.workflow.unwrap().workflow_id;
    let request = WatchWorkflowRequest { workflow_id: workflow_id.clone(), ..WatchWorkflowRequest::default() };
    let mut watch = workflows.watch_workflow(request).await.unwrap().into_inner();
    let first = within(watch.message()).await.unwrap().unwrap();
    assert_eq!((first.workflow.unwrap().version, first.change, first.position), (1, None, 1));
    let said = format!(r#"{{"workflow_id":"{workflow_id}","phase":"analysis"}}"#);
    record(&mut client, [event("a.other", "1"), event("bmad.workflow.phase.completed", &said)]).await;
    let second = within(watch.message()).await.unwrap().unwrap();
    let workflow = second.workflow.unwrap();
    assert_eq!((workflow.version, workflow.current_phase()), (2, WorkflowPhase::Planning));
    assert_eq!((second.change.unwrap().position, second.position), (3, 3));

    let unknown = WatchWorkflowRequest { workflow_id: "x".into(), ..WatchWorkflowRequest::default() };
    let refused = workflows.watch_workflow(unknown).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "WORKFLOW_NOT_FOUND"));
    server.tell_to_stop();
    let ended = within(watch.message()).await.unwrap_err();
    assert_eq!(reason(&ended), "SHUTTING_DOWN");
    server.stop().await;
}
