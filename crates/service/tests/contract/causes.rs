use god33_proto::v1::{
    EventEnvelope, GetCausationGraphRequest, ListAncestorsRequest, ListAncestorsResponse, ListDescendantsRequest,
};
use tonic::Code;

use crate::build::*;

/// analysis → plan → (build, test) → review, and a cause of the plan that nobody recorded.
async fn diamond(client: &mut Events) -> ([EventEnvelope; 5], String) {
    let missing = id();
    let analysis = event("a.analysis", "1");
    let mut plan = caused("a.plan", &[&analysis]);
    plan.correlation_ids.push(missing.clone());
    let build = caused("a.build", &[&plan]);
    let test = caused("a.test", &[&plan]);
    let review = caused("a.review", &[&build, &test]);
    let events = [analysis, plan, build, test, review];
    record(client, events.clone()).await;
    (events, missing)
}

async fn ancestors(client: &mut Events, request: ListAncestorsRequest) -> ListAncestorsResponse {
    client.list_ancestors(request).await.unwrap().into_inner()
}

#[tokio::test]
async fn ancestors_come_nearest_first_each_once_with_a_way_to_it() {
    let (_server, mut client) = world().await;
    let ([analysis, plan, build, test, review], missing) = diamond(&mut client).await;
    let request = ListAncestorsRequest { event_id: review.event_id.clone(), ..ListAncestorsRequest::default() };
    let found = ancestors(&mut client, request.clone()).await;
    let steps: Vec<(u32, String)> =
        found.events.iter().map(|event| (event.depth, ids(event.event.as_slice())[0].clone())).collect();
    let wanted =
        [(1, build.event_id.clone()), (1, test.event_id), (2, plan.event_id.clone()), (3, analysis.event_id.clone())];
    assert_eq!(steps, wanted);
    let way = [&review, &build, &plan, &analysis].map(|event| event.event_id.clone());
    assert_eq!(found.events[3].path, way);
    assert_eq!(ids(found.root_event.as_slice()), [review.event_id]);
    assert_eq!((found.total, found.truncated, found.next_page_token.as_str()), (4, false, ""));
    let lost = &found.missing_parents[0];
    assert_eq!((&lost.event_id, &lost.named_by, lost.dropped), (&missing, &plan.event_id, false));

    let near = ancestors(&mut client, ListAncestorsRequest { max_depth: 1, ..request.clone() }).await;
    assert_eq!((near.events.len(), near.truncated), (2, true));
    let few = ancestors(&mut client, ListAncestorsRequest { max_events: 3, ..request }).await;
    assert_eq!((few.events.len(), few.truncated), (3, true));
}

#[tokio::test]
async fn a_walk_is_read_page_by_page() {
    let (_server, mut client) = world().await;
    let ([analysis, ..], _) = diamond(&mut client).await;
    let request =
        ListDescendantsRequest { event_id: analysis.event_id, page_size: 3, ..ListDescendantsRequest::default() };
    let first = client.list_descendants(request.clone()).await.unwrap().into_inner();
    let second = ListDescendantsRequest { page_token: first.next_page_token.clone(), ..request.clone() };
    let second = client.list_descendants(second).await.unwrap().into_inner();
    let found: Vec<(u32, u64)> =
        first.events.iter().chain(&second.events).map(|e| (e.depth, e.event.as_ref().unwrap().position)).collect();
    assert_eq!(found, [(1, 2), (2, 3), (2, 4), (3, 5)]);
    assert_eq!((first.total, second.total, second.next_page_token.as_str()), (4, 4, ""));

    let other = ListDescendantsRequest { page_token: first.next_page_token, max_depth: 2, ..request };
    let refused = client.list_descendants(other).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}

#[tokio::test]
async fn a_walk_over_a_cycle_ends() {
    let (_server, mut client) = world().await;
    let second = id();
    let first = EventEnvelope { correlation_ids: vec![second.clone()], ..event("a.b", "1") };
    let closing = EventEnvelope { event_id: second, ..caused("a.b", &[&first]) };
    record(&mut client, [first.clone(), closing.clone()]).await;
    let request = ListAncestorsRequest { event_id: first.event_id.clone(), ..ListAncestorsRequest::default() };
    let found = ancestors(&mut client, request).await;
    let reached: Vec<String> = found.events.iter().map(|event| ids(event.event.as_slice())[0].clone()).collect();
    assert_eq!(reached, [closing.event_id]);
    let request = GetCausationGraphRequest { event_ids: vec![first.event_id], ..GetCausationGraphRequest::default() };
    let graph = client.get_causation_graph(request).await.unwrap().into_inner();
    assert_eq!((graph.events.len(), graph.edges.len(), graph.truncated), (2, 2, false));
}

#[tokio::test]
async fn a_graph_holds_the_events_around_its_roots_and_their_edges() {
    let (_server, mut client) = world().await;
    let ([_, plan, ..], missing) = diamond(&mut client).await;
    record(&mut client, [event("a.other", "1")]).await;
    let request =
        GetCausationGraphRequest { event_ids: vec![plan.event_id.clone()], ..GetCausationGraphRequest::default() };
    let graph = client.get_causation_graph(request.clone()).await.unwrap().into_inner();
    assert_eq!(positions(&graph.events), [1, 2, 3, 4, 5]);
    assert_eq!((graph.edges.len(), graph.truncated), (6, false));
    let lost: Vec<_> = graph.edges.iter().filter(|edge| !edge.parent_recorded).collect();
    assert_eq!((&lost[0].parent_id, &lost[0].child_id, lost[0].ordinal), (&missing, &plan.event_id, 1));
    let small =
        client.get_causation_graph(GetCausationGraphRequest { max_events: 2, ..request }).await.unwrap().into_inner();
    assert_eq!((small.events.len(), small.truncated), (2, true));

    let refused = client.get_causation_graph(GetCausationGraphRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "event_ids");
    let many =
        GetCausationGraphRequest { event_ids: (0..101).map(|_| id()).collect(), ..GetCausationGraphRequest::default() };
    let refused = client.get_causation_graph(many).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_ITEMS", "event_ids");
}

#[tokio::test]
async fn the_graph_of_a_workflow_holds_all_its_events() {
    let (_server, mut client) = world().await;
    let workflow = id();
    let start = event("bmad.workflow.started", &format!(r#"{{"workflow_id":"{workflow}","project_name":"p"}}"#));
    let loose = event("git.commit", &format!(r#"{{"workflow_id":"{workflow}"}}"#));
    record(&mut client, [start.clone(), loose, caused("a.b", &[&start]), event("a.other", "1")]).await;
    let request = GetCausationGraphRequest { workflow_id: workflow, ..GetCausationGraphRequest::default() };
    let graph = client.get_causation_graph(request).await.unwrap().into_inner();
    assert_eq!((positions(&graph.events), graph.edges.len()), (vec![1, 2, 3], 1));
}

#[tokio::test]
async fn a_walk_from_nothing_or_past_the_limits_is_refused() {
    let (_server, mut client) = world().await;
    let of = |event_id: &str| ListAncestorsRequest { event_id: event_id.into(), ..ListAncestorsRequest::default() };
    let refused = client.list_ancestors(of(&id())).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "EVENT_NOT_FOUND"));
    let refused = client.list_ancestors(of("x")).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_UUID", "event_id");
    let wide = ListAncestorsRequest { max_depth: 101, max_events: 10_001, page_size: 1_001, ..of(&id()) };
    let refused = client.list_ancestors(wide).await.unwrap_err();
    let named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["max_depth", "max_events", "page_size"]);
}
