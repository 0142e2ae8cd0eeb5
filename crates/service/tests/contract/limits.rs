use god33_proto::v1::{BatchGetEventsRequest, EventEnvelope, GetLogInfoRequest, ListEventsRequest};
use tonic::Code;

use crate::build::*;

fn text(bytes: usize) -> String {
    format!("\"{}\"", "x".repeat(bytes - 2))
}

#[tokio::test]
async fn a_payload_has_one_mebibyte_and_not_a_byte_more() {
    let (_server, mut client) = world().await;
    assert_eq!(record(&mut client, [event("a.b", &text(1 << 20))]).await, [1]);
    let refused = client.append_events(batch([event("a.b", &text((1 << 20) + 1))])).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "PAYLOAD_TOO_LARGE", "events[0].payload");
    assert_eq!(detail(&refused, "limit"), "1048576");
}

#[tokio::test]
async fn a_batch_has_a_thousand_events_and_eight_mebibytes() {
    let (_server, mut client) = world().await;
    let thousand = |count: usize| batch((0..count).map(|number| event("a.b", &number.to_string())));
    assert_eq!(client.append_events(thousand(1_000)).await.unwrap().into_inner().position, 1_000);
    let refused = client.append_events(thousand(1_001)).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "BATCH_TOO_LARGE", "events");
    assert_eq!((detail(&refused, "limit"), detail(&refused, "actual")), ("1000".to_owned(), "1001".to_owned()));

    let heavy = |count: usize| batch((0..count).map(|_| event("a.b", &text((1 << 20) - 128))));
    assert!(client.append_events(heavy(8)).await.is_ok());
    let refused = client.append_events(heavy(9)).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "BATCH_TOO_LARGE", "events");
    assert_eq!(detail(&refused, "limit"), (8 << 20).to_string());
    let refused = client.append_events(batch([])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "events");
}

#[tokio::test]
async fn an_event_has_256_parents_and_a_type_of_255_characters() {
    let (_server, mut client) = world().await;
    let parents =
        |count: usize| EventEnvelope { correlation_ids: (0..count).map(|_| id()).collect(), ..event("a.b", "1") };
    record(&mut client, [parents(256)]).await;
    let refused = client.append_events(batch([parents(257)])).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_PARENTS", "events[0].correlation_ids");
    assert_eq!(detail(&refused, "limit"), "256");

    record(&mut client, [event(&"a".repeat(255), "1")]).await;
    for bad in [&"a".repeat(256), "", "A.b", "a..b", "a b", "é", "a.*"] {
        let refused = client.append_events(batch([event(bad, "1")])).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, "INVALID_EVENT_TYPE", "events[0].event_type");
    }
    let own = event("a.b", "1");
    let own_cause = EventEnvelope { causation_id: own.event_id.clone(), ..own };
    let refused = client.append_events(batch([own_cause])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "SELF_CAUSATION", "events[0].causation_id");
}

#[tokio::test]
async fn a_page_has_1_to_1000_items() {
    let (_server, mut client) = world().await;
    let of = |page_size| ListEventsRequest { page_size, ..ListEventsRequest::default() };
    for good in [0, 1, 1_000] {
        assert!(client.list_events(of(good)).await.is_ok());
    }
    let refused = client.list_events(of(1_001)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_SIZE", "page_size");
    assert_eq!(detail(&refused, "limit"), "1000");

    let of = |count: usize| BatchGetEventsRequest {
        event_ids: (0..count).map(|_| id()).collect(),
        ..BatchGetEventsRequest::default()
    };
    assert!(client.batch_get_events(of(1_000)).await.is_ok());
    let refused = client.batch_get_events(of(1_001)).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_ITEMS", "event_ids");
    let large: Vec<_> = (0..4).map(|_| event("a.b", &text(1_000_000))).collect();
    record(&mut client, large.clone()).await;
    let of_large = |count: usize| BatchGetEventsRequest {
        event_ids: large[..count].iter().map(|event| event.event_id.clone()).collect(),
        ..BatchGetEventsRequest::default()
    };
    assert_eq!(client.batch_get_events(of_large(3)).await.unwrap().into_inner().events.len(), 3);
    let refused = client.batch_get_events(of_large(4)).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_ITEMS", "event_ids");
    assert_eq!(detail(&refused, "limit"), "3");
    let refused = client.batch_get_events(of(0)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "event_ids");
}

#[tokio::test]
async fn the_limits_can_be_read() {
    let (_server, mut client) = world().await;
    let info = client.get_log_info(GetLogInfoRequest::default()).await.unwrap().into_inner();
    let limits = info.limits.unwrap();
    assert_eq!((limits.max_payload_bytes, limits.max_batch_events, limits.max_batch_bytes), (1 << 20, 1_000, 8 << 20));
    assert_eq!((limits.max_parents, limits.max_event_type_length, limits.max_page_size), (256, 255, 1_000));
    assert_eq!((limits.max_depth, limits.max_walk_events), (100, 10_000));
    assert_eq!((limits.max_snapshot_bytes, limits.max_chunk_bytes), (256 << 20, 1 << 20));
    assert_eq!((info.head_position, info.earliest_position, info.head_recorded_at), (0, 0, None));
    record(&mut client, [event("a.b", "1"), event("a.b", "2")]).await;
    let info = client.get_log_info(GetLogInfoRequest::default()).await.unwrap().into_inner();
    assert_eq!((info.head_position, info.earliest_position), (2, 1));
    assert!(info.head_recorded_at.is_some() && info.earliest_recorded_at.is_some());
}
