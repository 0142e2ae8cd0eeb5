//! What no client means to send: never a panic, always a refusal that names the field, and nothing stored.

use god33_proto::v1::{
    AppendEventsRequest, EventFilter, GetEventRequest, GetTimelineRequest, GetWorkflowRequest, ListAncestorsRequest,
    ListEventsRequest, ListWorkflowsRequest, SubscribeRequest,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use prost::Message;
use tonic::{Code, Status};

use crate::build::*;

const CASES: usize = 60;

fn samples<S: Strategy>(strategy: &S) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..CASES).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// A text that is neither empty nor an id.
fn garbage() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,40}", "[0-9a-f-]{1,35}", "[A-Za-z0-9_-]{1,80}", Just("\u{0}".to_owned()), Just("x".repeat(300))]
}

fn is_malformed(refused: &Status, field: &str) {
    assert_eq!(refused.code(), Code::InvalidArgument, "{refused:?}");
    assert!(!reason(refused).is_empty());
    assert!(fields(refused).iter().any(|(name, _)| name == field), "{field}: {refused:?}");
}

#[tokio::test]
async fn ids_and_tokens_of_garbage_are_named() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    for text in samples(&garbage()) {
        let refused = client.get_event(GetEventRequest { event_id: text.clone(), ..GetEventRequest::default() }).await;
        is_malformed(&refused.unwrap_err(), "event_id");
        let refused = client
            .list_ancestors(ListAncestorsRequest { event_id: text.clone(), ..ListAncestorsRequest::default() })
            .await;
        is_malformed(&refused.unwrap_err(), "event_id");
        let refused =
            client.list_events(ListEventsRequest { page_token: text.clone(), ..ListEventsRequest::default() }).await;
        is_malformed(&refused.unwrap_err(), "page_token");
        let refused = workflows
            .list_workflows(ListWorkflowsRequest { page_token: text.clone(), ..ListWorkflowsRequest::default() })
            .await;
        is_malformed(&refused.unwrap_err(), "page_token");
        let filter = Some(EventFilter { correlation_id: text.clone(), ..EventFilter::default() });
        let refused =
            client.list_events(ListEventsRequest { filter: filter.clone(), ..ListEventsRequest::default() }).await;
        is_malformed(&refused.unwrap_err(), "filter.correlation_id");
        let refused = client.subscribe(SubscribeRequest { filter, ..SubscribeRequest::default() }).await;
        is_malformed(&refused.map(|_| ()).unwrap_err(), "filter.correlation_id");
        let mut request = batch([event("a.b", "1")]);
        request.events[0].correlation_ids = vec![text.clone()];
        request.request_id = text;
        let refused = client.append_events(request).await.unwrap_err();
        is_malformed(&refused, "request_id");
        is_malformed(&refused, "events[0].correlation_ids[0]");
    }
    assert_eq!(head(&mut client).await, 0);
}

#[tokio::test]
async fn names_that_no_column_holds_are_named() {
    let (server, mut client) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    for text in ["\u{0}", "a\nb", "\u{7f}", &"x".repeat(256)] {
        let filter = EventFilter {
            workflow_id: text.into(),
            session_id: text.into(),
            agent_id: text.into(),
            source: text.into(),
            ..EventFilter::default()
        };
        let refused = client
            .list_events(ListEventsRequest { filter: Some(filter), ..ListEventsRequest::default() })
            .await
            .unwrap_err();
        for field in ["workflow_id", "session_id", "agent_id", "source"] {
            is_malformed(&refused, &format!("filter.{field}"));
        }
        let refused = workflows
            .get_workflow(GetWorkflowRequest { workflow_id: text.into(), ..GetWorkflowRequest::default() })
            .await;
        is_malformed(&refused.unwrap_err(), "workflow_id");
        let refused = workflows
            .get_timeline(GetTimelineRequest { workflow_id: text.into(), ..GetTimelineRequest::default() })
            .await;
        is_malformed(&refused.unwrap_err(), "workflow_id");
    }
}

#[tokio::test]
async fn json_of_garbage_is_named_or_kept_byte_for_byte() {
    let (_server, mut client) = world().await;
    for text in samples(&prop_oneof!["\\PC{0,30}", "[\\{\\}\\[\\]\":,a1 \\\\u0]{1,30}"]) {
        let sent = event("a.b", &text);
        match client.append_events(batch([sent.clone()])).await {
            Ok(_) => {
                let request =
                    GetEventRequest { event_id: sent.event_id, include_original: true, ..GetEventRequest::default() };
                assert_eq!(client.get_event(request).await.unwrap().into_inner().payload_json, text);
            }
            Err(refused) => is_malformed(&refused, "events[0].payload.custom.json"),
        }
    }
}

/// Requests of arbitrary bytes, as far as protobuf takes them.
#[tokio::test]
async fn arbitrary_messages_are_refused_or_answered_and_the_server_lives() {
    let (_server, mut client) = world().await;
    let bytes = proptest::collection::vec(any::<u8>(), 0..40);
    let nested = proptest::collection::vec(any::<u8>(), 0..30).prop_map(|inner| {
        // The bytes as the first event of a request.
        [vec![0x12, inner.len() as u8], inner].concat()
    });
    let mut decoded = 0;
    for bytes in samples(&prop_oneof![bytes, nested]).iter().chain(&samples(&Just(vec![0x12, 0x00]))) {
        if let Ok(request) = AppendEventsRequest::decode(bytes.as_slice()) {
            decoded += 1;
            let refused = client.append_events(request).await.unwrap_err();
            assert_eq!(refused.code(), Code::InvalidArgument, "{refused:?}");
        }
        if let Ok(request) = ListEventsRequest::decode(bytes.as_slice()) {
            let _ = client.list_events(request).await;
        }
    }
    assert!(decoded >= CASES);
    assert_eq!(head(&mut client).await, 0);
}
