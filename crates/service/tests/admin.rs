//! What the server says about itself, its bus and its quarantine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{TestServer, within};
use god33_domain::{QuarantineReason, QuarantinedMessage, Timestamp};
use god33_proto::v1::admin_service_client::AdminServiceClient;
use god33_proto::v1::{
    CircuitState, ErrorReason, GetBusStatusRequest, GetQuarantinedMessageRequest, GetServerInfoRequest,
    ListQuarantinedMessagesRequest, ListQuarantinedMessagesResponse,
};
use serde_json::json;
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt;

fn message(routing_key: &str, reason: QuarantineReason, body: &str) -> QuarantinedMessage {
    QuarantinedMessage {
        received_at: Timestamp::now(),
        exchange: "bloodbank.events.v1".into(),
        routing_key: routing_key.into(),
        properties: json!({"message_id": "m-1", "headers": {"x": 1}}),
        body: body.to_owned().into(),
        reason,
        detail: "what exactly is wrong".into(),
        attempts: 1,
    }
}

/// A server with 120 messages in quarantine: every third is malformed, the others are too large.
async fn server() -> (TestServer, AdminServiceClient<Channel>) {
    let server = TestServer::start().await;
    for number in 0..120 {
        let reason = if number % 3 == 0 { QuarantineReason::Malformed } else { QuarantineReason::TooLarge };
        let message = message(&format!("key.{}", number % 2), reason, &format!("body {number}"));
        server.store.quarantine(&[message]).await.unwrap();
    }
    let client = AdminServiceClient::new(server.channel().await);
    (server, client)
}

async fn list(
    client: &mut AdminServiceClient<Channel>,
    request: &ListQuarantinedMessagesRequest,
) -> Result<ListQuarantinedMessagesResponse, Status> {
    within(client.list_quarantined_messages(request.clone())).await.map(tonic::Response::into_inner)
}

/// The previews of all pages.
async fn walk(
    client: &mut AdminServiceClient<Channel>,
    mut request: ListQuarantinedMessagesRequest,
) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    loop {
        let page = list(client, &request).await.unwrap();
        pages.push(page.messages.into_iter().map(|message| message.preview).collect());
        if page.next_page_token.is_empty() {
            return pages;
        }
        request.page_token = page.next_page_token;
    }
}

fn bodies(numbers: impl DoubleEndedIterator<Item = usize>) -> Vec<String> {
    numbers.rev().map(|number| format!("body {number}")).collect()
}

#[tokio::test]
async fn the_quarantine_is_listed_newest_first_page_by_page() {
    let (server, mut client) = server().await;
    let pages = walk(&mut client, ListQuarantinedMessagesRequest { page_size: 50, ..Default::default() }).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
    assert_eq!(pages.concat(), bodies(0..120));
    let one = ListQuarantinedMessagesRequest { page_size: 120, include_total: true, ..Default::default() };
    let page = list(&mut client, &one).await.unwrap();
    assert_eq!((page.messages.len(), page.total, page.next_page_token.as_str()), (120, Some(120), ""));
    server.stop().await;
}

#[tokio::test]
async fn the_quarantine_is_filtered_and_counted() {
    let (server, mut client) = server().await;
    let malformed = ListQuarantinedMessagesRequest {
        reason: ErrorReason::InvalidJson.into(),
        page_size: 7,
        include_total: true,
        ..Default::default()
    };
    assert_eq!(list(&mut client, &malformed).await.unwrap().total, Some(40));
    assert_eq!(walk(&mut client, malformed).await.concat(), bodies((0..120).filter(|number| number % 3 == 0)));
    let both = ListQuarantinedMessagesRequest {
        reason: ErrorReason::PayloadTooLarge.into(),
        routing_key: "key.1".into(),
        include_total: true,
        ..Default::default()
    };
    let wanted = bodies((0..120).filter(|number| number % 3 != 0 && number % 2 == 1));
    assert_eq!(list(&mut client, &both).await.unwrap().total, Some(wanted.len() as u64));
    assert_eq!(walk(&mut client, both).await.concat(), wanted);
    server.stop().await;
}

#[tokio::test]
async fn a_message_is_read_back_whole() {
    let (server, mut client) = server().await;
    let newest = list(&mut client, &ListQuarantinedMessagesRequest { page_size: 1, ..Default::default() }).await;
    let listed = newest.unwrap().messages.remove(0);
    assert!(listed.body.is_empty());
    let request = GetQuarantinedMessageRequest { quarantine_id: listed.quarantine_id.clone() };
    let whole = within(client.get_quarantined_message(request)).await.unwrap().into_inner().message.unwrap();
    assert_eq!((&whole.body[..], whole.body_size), (&b"body 119"[..], 8));
    assert_eq!((whole.reason(), whole.message.as_str()), (ErrorReason::PayloadTooLarge, "what exactly is wrong"));
    let bus = whole.bus.unwrap();
    assert_eq!(
        (bus.routing_key.as_str(), bus.message_id.as_deref(), bus.headers.as_str()),
        ("key.1", Some("m-1"), r#"{"x":1}"#)
    );
    server.stop().await;
}

#[tokio::test]
async fn ids_and_tokens_that_are_none_are_refused() {
    let (server, mut client) = server().await;
    for id in ["nonsense", "0", "-1", "9223372036854775807", "99999"] {
        let request = GetQuarantinedMessageRequest { quarantine_id: id.into() };
        let status = within(client.get_quarantined_message(request)).await.unwrap_err();
        assert_eq!(status.code(), Code::NotFound, "{id}");
        assert_eq!(status.get_details_error_info().unwrap().reason, "QUARANTINED_MESSAGE_NOT_FOUND");
    }
    let missing = within(client.get_quarantined_message(GetQuarantinedMessageRequest::default())).await.unwrap_err();
    assert_eq!(
        (missing.code(), missing.get_details_error_info().unwrap().reason.as_str()),
        (Code::InvalidArgument, "INVALID_FIELD")
    );
    let first = ListQuarantinedMessagesRequest { page_size: 1, ..Default::default() };
    let token = list(&mut client, &first).await.unwrap().next_page_token;
    let refused = [
        ListQuarantinedMessagesRequest { page_token: "nonsense".into(), ..Default::default() },
        ListQuarantinedMessagesRequest { page_token: token, routing_key: "key.1".into(), ..Default::default() },
        ListQuarantinedMessagesRequest { page_size: 1_001, ..Default::default() },
        ListQuarantinedMessagesRequest { reason: 99_999, ..Default::default() },
    ];
    for request in refused {
        let status = list(&mut client, &request).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument, "{request:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn the_server_and_its_bus_say_what_they_are() {
    let (server, mut client) = server().await;
    let info = within(client.get_server_info(GetServerInfoRequest {})).await.unwrap().into_inner();
    assert_eq!((info.store_kind.as_str(), info.bus_kind.as_str()), ("sqlite", "in-process"));
    assert_eq!((info.principal.as_str(), info.limits.unwrap().max_batch_events), ("anonymous", 1_000));
    let status = within(client.get_bus_status(GetBusStatusRequest {})).await.unwrap().into_inner();
    assert_eq!((status.circuit(), status.problem.as_str()), (CircuitState::Closed, ""));
    assert_eq!((status.quarantined, status.dead_lettered, status.relay_lag), (120, None, 0));
    server.stop().await;
}
