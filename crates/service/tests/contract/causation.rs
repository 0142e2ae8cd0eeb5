use god33_proto::v1::{
    EventEnvelope, GetDescendantsSummaryRequest, ListCommonAncestorsRequest, ListPathsRequest, ListPathsResponse,
};
use tonic::{Code, Status};

use crate::build::*;

async fn paths(client: &mut Events, request: ListPathsRequest) -> Result<ListPathsResponse, Status> {
    client.list_paths(request).await.map(tonic::Response::into_inner)
}

fn between(from: &EventEnvelope, to: &EventEnvelope) -> ListPathsRequest {
    ListPathsRequest {
        from_event_id: from.event_id.clone(),
        to_event_id: to.event_id.clone(),
        ..ListPathsRequest::default()
    }
}

fn ways(found: &ListPathsResponse) -> Vec<Vec<String>> {
    found.paths.iter().map(|path| path.event_ids.clone()).collect()
}

#[tokio::test]
async fn paths_come_the_shortest_first_and_say_when_there_are_more() {
    let (_server, mut client) = world().await;
    let plan = event("a.plan", "1");
    let build = caused("a.build", &[&plan]);
    let test = caused("a.test", &[&build, &plan]);
    let review = caused("a.review", &[&test, &build]);
    record(&mut client, [plan.clone(), build.clone(), test.clone(), review.clone()]).await;
    let way = |events: &[&EventEnvelope]| events.iter().map(|event| event.event_id.clone()).collect::<Vec<_>>();
    let all = [way(&[&plan, &build, &review]), way(&[&plan, &test, &review]), way(&[&plan, &build, &test, &review])];

    let found = paths(&mut client, between(&plan, &review)).await.unwrap();
    assert_eq!((ways(&found), found.truncated), (all.to_vec(), false));
    let found = paths(&mut client, ListPathsRequest { max_paths: 1, ..between(&plan, &review) }).await.unwrap();
    assert_eq!((ways(&found), found.truncated), (all[..1].to_vec(), true));
    let found = paths(&mut client, ListPathsRequest { max_depth: 2, ..between(&plan, &review) }).await.unwrap();
    assert_eq!((ways(&found), found.truncated), (all[..2].to_vec(), true));
    let found = paths(&mut client, between(&review, &plan)).await.unwrap();
    assert_eq!((ways(&found).len(), found.truncated), (0, false), "a consequence is no cause");
}

#[tokio::test]
async fn paths_between_nothing_or_past_the_limits_are_refused() {
    let (_server, mut client) = world().await;
    let plan = event("a.plan", "1");
    record(&mut client, [plan.clone()]).await;
    for (from, to) in [(plan.clone(), event("a.b", "1")), (event("a.b", "1"), plan.clone())] {
        let refused = paths(&mut client, between(&from, &to)).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "EVENT_NOT_FOUND"));
        let missing = if from.event_id == plan.event_id { to.event_id } else { from.event_id };
        assert_eq!(detail(&refused, "id"), missing);
    }
    let bad = ListPathsRequest {
        from_event_id: "x".into(),
        to_event_id: String::new(),
        max_paths: 101,
        max_depth: 101,
        min_position: 0,
    };
    let refused = paths(&mut client, bad).await.unwrap_err();
    let named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["from_event_id", "to_event_id", "max_paths", "max_depth"]);
    let future = ListPathsRequest { min_position: 1_000, ..between(&plan, &plan) };
    let refused = paths(&mut client, future).await.unwrap_err();
    assert_eq!(reason(&refused), "MIN_POSITION_TIMEOUT");
}

#[tokio::test]
async fn the_nearest_common_causes_come_whole_and_the_newest_first() {
    let (_server, mut client) = world().await;
    let root = event("a.root", "1");
    let [one, two] = [caused("a.one", &[&root]), caused("a.two", &[&root])];
    let [left, right] = [caused("a.left", &[&one, &two]), caused("a.right", &[&two, &one, &root])];
    record(&mut client, [root.clone(), one.clone(), two.clone(), left.clone(), right.clone()]).await;
    let of = |events: &[&EventEnvelope]| ListCommonAncestorsRequest {
        event_ids: events.iter().map(|event| event.event_id.clone()).collect(),
        ..ListCommonAncestorsRequest::default()
    };
    let found = client.list_common_ancestors(of(&[&left, &right])).await.unwrap().into_inner();
    assert_eq!((ids(&found.events), found.truncated), (vec![two.event_id.clone(), one.event_id.clone()], false));
    let found = client.list_common_ancestors(of(&[&left, &right, &one])).await.unwrap().into_inner();
    assert_eq!(ids(&found.events), std::slice::from_ref(&root.event_id));
    let near = ListCommonAncestorsRequest { max_depth: 1, ..of(&[&left, &one]) };
    let found = client.list_common_ancestors(near).await.unwrap().into_inner();
    assert_eq!((found.events.len(), found.truncated), (0, true));

    let refused = client.list_common_ancestors(of(&[])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "event_ids");
    let refused = client.list_common_ancestors(of(&[&left, &left])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "event_ids");
    let refused = client.list_common_ancestors(of(&[&left, &event("a.b", "1")])).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "EVENT_NOT_FOUND"));
    let many = ListCommonAncestorsRequest { event_ids: (0..101).map(|_| id()).collect(), ..of(&[]) };
    let refused = client.list_common_ancestors(many).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_ITEMS", "event_ids");
    let bad = ListCommonAncestorsRequest { event_ids: vec![id(), "x".into()], max_depth: 101, min_position: 0 };
    let refused = client.list_common_ancestors(bad).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "event_ids[1]");
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "max_depth");
}

#[tokio::test]
async fn what_came_of_an_event_is_summed_up() {
    let (_server, mut client) = world().await;
    let root = event("a.root", "1");
    let costing = |event_type, causes: &[&EventEnvelope], json: &str| EventEnvelope {
        payload: Some(custom(json)),
        ..caused(event_type, causes)
    };
    let first = costing("a.work", &[&root], r#"{"metrics":{"tokens_used":100,"duration_seconds":1.5}}"#);
    let second = costing("a.work", &[&root], r#"{"metrics":{"tokens_used":20}}"#);
    let last = caused("a.done", &[&first, &second]);
    record(&mut client, [root.clone(), first.clone(), second.clone(), last.clone()]).await;
    let of = |event_id: &str| GetDescendantsSummaryRequest {
        event_id: event_id.into(),
        ..GetDescendantsSummaryRequest::default()
    };
    let found = client.get_descendants_summary(of(&root.event_id)).await.unwrap().into_inner();
    assert_eq!((found.total, found.tokens_used, found.duration_seconds, found.truncated), (3, 120, 1.5, false));
    assert_eq!(found.count_by_event_type, [("a.work".to_owned(), 2), ("a.done".to_owned(), 1)].into());
    assert_eq!(found.count_by_agent, [(String::new(), 3)].into());
    assert_eq!(found.critical_path, [&root, &second, &last].map(|event| event.event_id.clone()));
    assert!(found.first_recorded_at.is_some() && found.last_recorded_at.is_some());
    let cut = GetDescendantsSummaryRequest { max_events: 2, ..of(&root.event_id) };
    let cut = client.get_descendants_summary(cut).await.unwrap().into_inner();
    assert_eq!((cut.total, cut.truncated), (2, true));
    let none = client.get_descendants_summary(of(&last.event_id)).await.unwrap().into_inner();
    assert_eq!((none.total, none.first_recorded_at, none.critical_path.len()), (0, None, 0));

    let refused = client.get_descendants_summary(of(&id())).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "EVENT_NOT_FOUND"));
    let bad = GetDescendantsSummaryRequest { max_events: 10_001, ..of("x") };
    let refused = client.get_descendants_summary(bad).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "event_id");
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "max_events");
}
