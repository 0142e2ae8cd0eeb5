//! Every call of the durable subscriptions, and everything that it refuses.

use god33_proto::v1::create_subscription_request::Start;
use god33_proto::v1::*;
use tonic::{Code, Status};

use crate::build::*;
use crate::consumers::*;

const NOT_FOUND: &str = "SUBSCRIPTION_NOT_FOUND";

fn selection() -> Option<ParkedSelection> {
    Some(ParkedSelection::default())
}

fn delivery() -> Delivery {
    Delivery { delivery_id: "1".into(), fencing_token: 1, ..Delivery::default() }
}

#[tokio::test]
async fn what_there_is_not_is_named_by_every_call() {
    let (_server, _events, mut c) = shared().await;
    let name = || "nobody".to_owned();
    let settings = Some(SubscriptionSettings::default());
    let refused: Vec<Status> = vec![
        c.get_subscription(GetSubscriptionRequest { name: name() }).await.unwrap_err(),
        c.update_subscription(UpdateSubscriptionRequest { name: name(), settings, ..Default::default() })
            .await
            .unwrap_err(),
        c.delete_subscription(DeleteSubscriptionRequest { name: name(), ..Default::default() }).await.unwrap_err(),
        c.seek_subscription(SeekSubscriptionRequest { name: name(), ..Default::default() }).await.unwrap_err(),
        c.set_subscription_paused(SetSubscriptionPausedRequest { name: name(), ..Default::default() })
            .await
            .unwrap_err(),
        c.deliver(DeliverRequest { hello: Some(hello("nobody", "")) }).await.unwrap_err(),
        c.acknowledge(AcknowledgeRequest {
            subscription: name(),
            acknowledgement: Some(acknowledgement(&[&delivery()])),
        })
        .await
        .unwrap_err(),
        c.reject(RejectRequest {
            subscription: name(),
            rejection: Some(rejection(&[&delivery()], RejectAction::Retry)),
        })
        .await
        .unwrap_err(),
        c.list_parked_events(ListParkedEventsRequest { subscription: name(), ..Default::default() }).await.unwrap_err(),
        c.replay_parked_events(ReplayParkedEventsRequest {
            subscription: name(),
            selection: selection(),
            ..Default::default()
        })
        .await
        .unwrap_err(),
        c.skip_parked_events(SkipParkedEventsRequest {
            subscription: name(),
            selection: selection(),
            ..Default::default()
        })
        .await
        .unwrap_err(),
    ];
    for status in refused {
        assert_eq!((status.code(), reason(&status).as_str()), (Code::NotFound, NOT_FOUND), "{status:?}");
        assert!(status.message().contains("nobody") && status.message().contains("create"), "{status:?}");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_settings_is_named_at_once() {
    let (_server, _events, mut client) = shared().await;
    let settings = SubscriptionSettings {
        filter: Some(EventFilter { event_types: vec!["a*".into()], ..EventFilter::default() }),
        ordering_key: 99,
        parked_key_policy: 99,
        max_attempts: 101,
        min_backoff: Some(millis(-1_000)),
        max_backoff: Some(millis(86_401_000)),
        ack_timeout: Some(millis(99)),
        max_in_flight: 10_001,
    };
    let request = CreateSubscriptionRequest { settings: Some(settings), ..CreateSubscriptionRequest::default() };
    let refused = client.create_subscription(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let mut named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort();
    let mut wanted = [
        "filter.event_types[0]",
        "ordering_key",
        "parked_key_policy",
        "max_attempts",
        "min_backoff",
        "max_backoff",
        "ack_timeout",
        "max_in_flight",
    ]
    .map(|field| format!("settings.{field}"))
    .to_vec();
    wanted.push("name".into());
    wanted.sort();
    assert_eq!(named, wanted);
}

#[tokio::test]
async fn starts_that_the_log_does_not_have_are_refused() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [event("a.b", "1")]).await;
    let create = |start| CreateSubscriptionRequest { name: "g".into(), start: Some(start), ..Default::default() };
    for start in [Start::FromBeginning(false), Start::FromNow(false)] {
        let refused = client.create_subscription(create(start)).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::InvalidArgument, "INVALID_START"));
    }
    let refused = client.create_subscription(create(Start::AfterPosition(2))).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::OutOfRange, "POSITION_IN_FUTURE"));
    assert_eq!(detail(&refused, "head"), "1");
    let now = client.create_subscription(CreateSubscriptionRequest { name: "now".into(), ..Default::default() }).await;
    assert_eq!(now.unwrap().into_inner().subscription.unwrap().position, 1);
    let seek = SeekSubscriptionRequest { name: "now".into(), after_position: 2, ..Default::default() };
    let refused = client.seek_subscription(seek).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::OutOfRange, "POSITION_IN_FUTURE"));
}

#[tokio::test]
async fn a_name_means_one_group_and_a_request_id_one_request() {
    let (_server, _events, mut client) = shared().await;
    let request = CreateSubscriptionRequest { request_id: id(), name: "g".into(), ..Default::default() };
    let first = client.create_subscription(request.clone()).await.unwrap().into_inner().subscription.unwrap();
    for again in [request.clone(), CreateSubscriptionRequest { request_id: id(), ..request.clone() }] {
        let again = client.create_subscription(again).await.unwrap().into_inner().subscription.unwrap();
        assert_eq!((again.created_at, again.version), (first.created_at, 1));
    }
    let other = SubscriptionSettings { max_attempts: 7, ..SubscriptionSettings::default() };
    let exists = CreateSubscriptionRequest { request_id: id(), settings: Some(other), ..request.clone() };
    let refused = client.create_subscription(exists.clone()).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "SUBSCRIPTION_EXISTS"));
    let reused = CreateSubscriptionRequest { request_id: request.request_id.clone(), ..exists };
    let refused = client.create_subscription(reused).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "REQUEST_ID_REUSED"));
    let pause = SetSubscriptionPausedRequest { request_id: request.request_id.clone(), name: "g".into(), paused: true };
    let refused = client.set_subscription_paused(pause).await.unwrap_err();
    assert_eq!(reason(&refused), "REQUEST_ID_REUSED");
    let malformed = DeleteSubscriptionRequest { request_id: "x".into(), name: "g".into(), force: false };
    let refused = client.delete_subscription(malformed).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_UUID", "request_id");
}

#[tokio::test]
async fn consumers_and_settlements_are_held_to_their_limits() {
    let (_server, _events, mut client) = shared().await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let wrong = ConsumerHello { subscription: String::new(), consumer_id: "\n".into(), max_in_flight: 1_001 };
    let refused = client.deliver(DeliverRequest { hello: Some(wrong) }).await.unwrap_err();
    let named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["hello.subscription", "hello.consumer_id", "hello.max_in_flight"]);
    let refused = client.deliver(DeliverRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "hello");

    let empty = AcknowledgeRequest { subscription: "g".into(), acknowledgement: None };
    let refused = client.acknowledge(empty).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "acknowledgement.deliveries");
    let many = vec![delivery(); 1_001];
    let many = RejectRequest {
        subscription: "g".into(),
        rejection: Some(rejection(&many.iter().collect::<Vec<_>>(), RejectAction::Park)),
    };
    let refused = client.reject(many).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "TOO_MANY_ITEMS", "rejection.deliveries");
    let wrong = Rejection {
        action: 99,
        reason: "a\u{0}".into(),
        retry_after: Some(millis(-1_000)),
        ..rejection(&[&delivery()], RejectAction::Retry)
    };
    let refused = client.reject(RejectRequest { subscription: "g".into(), rejection: Some(wrong) }).await.unwrap_err();
    let named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(named, ["rejection.reason", "rejection.retry_after", "rejection.action"]);
    let nothing = AcknowledgeRequest {
        subscription: "g".into(),
        acknowledgement: Some(Acknowledgement {
            deliveries: vec![DeliveryRef { delivery_id: "no number".into(), fencing_token: 1 }],
        }),
    };
    let report = client.acknowledge(nothing).await.unwrap().into_inner().report.unwrap();
    assert_eq!(
        (report.failures[0].reason(), report.failures[0].delivery_id.as_str()),
        (ErrorReason::DeliveryNotFound, "no number")
    );
}

#[tokio::test]
async fn parked_events_that_are_not_there_and_tokens_of_other_lists_are_refused() {
    let (_server, _events, mut client) = shared().await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let selection = Some(ParkedSelection { parked_ids: vec!["7".into()], filter: None });
    let replay =
        ReplayParkedEventsRequest { subscription: "g".into(), selection: selection.clone(), ..Default::default() };
    let skip = SkipParkedEventsRequest { subscription: "g".into(), selection, ..Default::default() };
    for refused in
        [client.replay_parked_events(replay).await.unwrap_err(), client.skip_parked_events(skip).await.unwrap_err()]
    {
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "DELIVERY_NOT_FOUND"));
        assert_eq!(detail(&refused, "id"), "7");
    }
    let none = SkipParkedEventsRequest { subscription: "g".into(), ..Default::default() };
    is_refused(
        &client.skip_parked_events(none).await.unwrap_err(),
        Code::InvalidArgument,
        "INVALID_FIELD",
        "selection",
    );
    let list = ListParkedEventsRequest { subscription: "g".into(), page_token: "x".into(), page_size: 0 };
    let refused = client.list_parked_events(list).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    let list = ListSubscriptionsRequest { page_token: "x".into(), page_size: 0 };
    let refused = client.list_subscriptions(list).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
    let refused = client.get_projector_cursor(GetProjectorCursorRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "name");
}
