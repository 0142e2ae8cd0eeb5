use god33_proto::v1::{BatchGetEventsRequest, GetEventRequest};
use tonic::Code;

use crate::build::*;

#[tokio::test]
async fn an_event_is_read_by_its_id() {
    let (_server, mut client) = world().await;
    let sent = event("a.b", "{\"a\": 1}");
    record(&mut client, [event("a.b", "0"), sent.clone()]).await;
    let request = GetEventRequest { event_id: sent.event_id.to_uppercase(), ..GetEventRequest::default() };
    let answer = client.get_event(request).await.unwrap().into_inner();
    let event = answer.event.unwrap();
    assert_eq!((event.position, event.principal.as_str(), event.digest.len()), (2, "anonymous", 32));
    assert_eq!(event.envelope.unwrap().event_id, sent.event_id);
    assert_eq!((answer.payload_json.as_str(), answer.original.len()), ("", 0));

    let unknown = id();
    let request = GetEventRequest { event_id: unknown.clone(), ..GetEventRequest::default() };
    let refused = client.get_event(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "EVENT_NOT_FOUND"));
    assert_eq!(detail(&refused, "id"), unknown);
}

#[tokio::test]
async fn events_are_read_in_the_order_of_the_request_and_unknown_ones_are_named() {
    let (_server, mut client) = world().await;
    let sent = [event("a.b", "1"), event("a.b", "2"), event("a.b", "3")];
    record(&mut client, sent.clone()).await;
    let unknown = id();
    let wanted = [&sent[2].event_id, &unknown, &sent[0].event_id, &sent[2].event_id];
    let event_ids = wanted.map(Clone::clone).to_vec();
    let request = BatchGetEventsRequest { event_ids, ..BatchGetEventsRequest::default() };
    let answer = client.batch_get_events(request).await.unwrap().into_inner();
    assert_eq!(ids(&answer.events), [sent[2].event_id.clone(), sent[0].event_id.clone()]);
    assert_eq!(answer.missing_event_ids, [unknown]);
}

#[tokio::test]
async fn a_read_is_as_fresh_as_it_was_asked_to_be_or_says_that_it_is_not() {
    let (_server, mut client) = world().await;
    let sent = event("a.b", "1");
    let position = record(&mut client, [sent.clone()]).await[0];
    let of =
        |min_position| GetEventRequest { event_id: sent.event_id.clone(), min_position, ..GetEventRequest::default() };
    assert!(client.get_event(of(position)).await.is_ok());
    let refused = client.get_event(of(position + 1)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Unavailable, "MIN_POSITION_TIMEOUT"));
    assert_eq!(detail(&refused, "position"), position.to_string());
}
