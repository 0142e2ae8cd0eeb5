use god33_proto::v1::{EventEnvelope, EventFilter, EventOrder, ListEventsRequest, ListEventsResponse, Source};
use tonic::Code;

use crate::build::*;

async fn list(client: &mut Events, request: ListEventsRequest) -> ListEventsResponse {
    client.list_events(request).await.unwrap().into_inner()
}

async fn filtered(client: &mut Events, filter: EventFilter) -> Vec<u64> {
    let order = EventOrder::OldestFirst.into();
    positions(
        &list(client, ListEventsRequest { filter: Some(filter), order, ..ListEventsRequest::default() }).await.events,
    )
}

/// The pages from the first to the last, and back again.
async fn there_and_back(client: &mut Events, request: ListEventsRequest) -> (Vec<Vec<u64>>, Vec<Vec<u64>>) {
    let mut page = list(client, request.clone()).await;
    let mut there = vec![positions(&page.events)];
    assert_eq!(page.previous_page_token, "");
    while !page.next_page_token.is_empty() {
        page = list(client, ListEventsRequest { page_token: page.next_page_token, ..request.clone() }).await;
        there.push(positions(&page.events));
    }
    let mut back = vec![positions(&page.events)];
    while !page.previous_page_token.is_empty() {
        page = list(client, ListEventsRequest { page_token: page.previous_page_token, ..request.clone() }).await;
        back.push(positions(&page.events));
    }
    (there, back)
}

#[tokio::test]
async fn pages_lead_to_the_end_of_a_list_and_back_in_both_orders() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..10).map(|number| event("a.b", &number.to_string()))).await;
    for (order, wanted) in [
        (EventOrder::OldestFirst, [vec![1, 2, 3, 4], vec![5, 6, 7, 8], vec![9, 10]]),
        (EventOrder::NewestFirst, [vec![10, 9, 8, 7], vec![6, 5, 4, 3], vec![2, 1]]),
    ] {
        let request = ListEventsRequest { order: order.into(), page_size: 4, ..ListEventsRequest::default() };
        let (there, back) = there_and_back(&mut client, request).await;
        assert_eq!(there, wanted);
        let mut wanted = wanted.to_vec();
        wanted.reverse();
        assert_eq!(back, wanted);
    }
}

#[tokio::test]
async fn a_page_stays_in_its_place_while_events_arrive() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..4).map(|number| event("a.b", &number.to_string()))).await;
    let request = ListEventsRequest { page_size: 2, ..ListEventsRequest::default() };
    let first = list(&mut client, request.clone()).await;
    assert_eq!(positions(&first.events), [4, 3]);
    record(&mut client, [event("a.b", "9")]).await;
    let second = list(&mut client, ListEventsRequest { page_token: first.next_page_token, ..request.clone() }).await;
    assert_eq!((positions(&second.events), second.next_page_token.as_str()), (vec![2, 1], ""));
    let back = list(&mut client, ListEventsRequest { page_token: second.previous_page_token, ..request.clone() }).await;
    assert_eq!(positions(&back.events), [4, 3]);
    let newest = list(&mut client, ListEventsRequest { page_token: back.previous_page_token, ..request }).await;
    assert_eq!((positions(&newest.events), newest.previous_page_token.as_str()), (vec![5], ""));
}

#[tokio::test]
async fn only_events_after_a_position_are_listed_in_both_orders_and_directions() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..7).map(|number| event("a.b", &number.to_string()))).await;
    for (order, wanted) in
        [(EventOrder::OldestFirst, [vec![4, 5], vec![6, 7]]), (EventOrder::NewestFirst, [vec![7, 6], vec![5, 4]])]
    {
        let request =
            ListEventsRequest { order: order.into(), page_size: 2, after_position: 3, ..ListEventsRequest::default() };
        let (there, back) = there_and_back(&mut client, request).await;
        assert_eq!(there, wanted);
        assert_eq!(back, [wanted[1].clone(), wanted[0].clone()]);
    }
}

#[tokio::test]
async fn large_events_make_shorter_pages_and_none_is_lost() {
    let (_server, mut client) = world().await;
    let large = format!("\"{}\"", "x".repeat(1_000_000));
    record(&mut client, (0..7).map(|_| event("a.b", &large))).await;
    let request = ListEventsRequest { order: EventOrder::OldestFirst.into(), ..ListEventsRequest::default() };
    let (there, back) = there_and_back(&mut client, request).await;
    assert_eq!(there, [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    assert_eq!(back, [vec![7], vec![4, 5, 6], vec![1, 2, 3]]);
}

#[tokio::test]
async fn every_part_of_a_filter_chooses() {
    let (_server, mut client) = world().await;
    let workflow = id();
    let root = event("bmad.workflow.started", &format!(r#"{{"workflow_id":"{workflow}","project_name":"p"}}"#));
    let source = Source { host: "h".into(), app: Some("cron".into()), ..Source::default() };
    let checkpoint = EventEnvelope { source: Some(source), ..caused("agent.letta.checkpoint.saved", &[&root]) };
    let session = event("agent.letta.session.started", r#"{"session_id":"s-1","agent_instance_id":"letta-1"}"#);
    let chained = EventEnvelope { chain_id: root.event_id.clone(), ..event("git.commit", "1") };
    record(&mut client, [root.clone(), checkpoint, session, chained]).await;
    let filter = EventFilter::default;
    let types =
        |patterns: &[&str]| EventFilter { event_types: patterns.iter().map(|p| (*p).into()).collect(), ..filter() };
    for (filter, wanted) in [
        (filter(), vec![1, 2, 3, 4]),
        (types(&["agent.letta.*"]), vec![2, 3]),
        (types(&["#.saved", "git.commit"]), vec![2, 4]),
        (types(&["nothing.like.it"]), vec![]),
        (EventFilter { workflow_id: workflow, ..filter() }, vec![1, 2]),
        (EventFilter { session_id: "s-1".into(), ..filter() }, vec![3]),
        (EventFilter { agent_id: "letta-1".into(), ..filter() }, vec![3]),
        (EventFilter { source: "cron".into(), ..filter() }, vec![2]),
        (EventFilter { correlation_id: root.event_id.clone(), ..filter() }, vec![1, 2, 4]),
        (EventFilter { since: Some(prost_types::Timestamp { seconds: 1, nanos: 0 }), ..filter() }, vec![1, 2, 3, 4]),
        (EventFilter { until: Some(prost_types::Timestamp { seconds: 1, nanos: 0 }), ..filter() }, vec![]),
    ] {
        assert_eq!(filtered(&mut client, filter.clone()).await, wanted, "{filter:?}");
    }
    let request = ListEventsRequest {
        filter: Some(types(&["agent.#"])),
        page_size: 1,
        include_total: true,
        ..ListEventsRequest::default()
    };
    let counted = list(&mut client, request).await;
    assert_eq!((counted.total, counted.events.len()), (Some(2), 1));
}

#[tokio::test]
async fn filters_tokens_and_orders_that_mean_nothing_are_named() {
    let (_server, mut client) = world().await;
    record(&mut client, (0..3).map(|_| event("a.b", "1"))).await;
    let filter = EventFilter { event_types: vec!["a*".into()], ..EventFilter::default() };
    let refused = client
        .list_events(ListEventsRequest { filter: Some(filter), ..ListEventsRequest::default() })
        .await
        .unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FILTER", "filter.event_types[0]");
    let refused = client.list_events(ListEventsRequest { order: 9, ..ListEventsRequest::default() }).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "order");
    let filter = EventFilter { descendants_of: id(), ..EventFilter::default() };
    let refused = client
        .list_events(ListEventsRequest { filter: Some(filter), ..ListEventsRequest::default() })
        .await
        .unwrap_err();
    is_refused(&refused, Code::Unimplemented, "NOT_IMPLEMENTED", "filter.descendants_of");

    let request = ListEventsRequest { page_size: 1, ..ListEventsRequest::default() };
    let token = list(&mut client, request.clone()).await.next_page_token;
    let other_order =
        ListEventsRequest { order: EventOrder::OldestFirst.into(), page_token: token.clone(), ..request.clone() };
    let cut = ListEventsRequest { page_token: token[1..].into(), ..request.clone() };
    for wrong in [other_order, cut, ListEventsRequest { page_token: "x".into(), ..request.clone() }] {
        let refused = client.list_events(wrong).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    }
    let (_other_server, mut other) = world().await;
    let refused = other.list_events(ListEventsRequest { page_token: token, ..request }).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}
