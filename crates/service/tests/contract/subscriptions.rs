use std::collections::{BTreeMap, BTreeSet};

use god33_proto::v1::consume_request::Message as Said;
use god33_proto::v1::deliver_response::Message as Delivered;
use god33_proto::v1::*;
use tonic::Code;

use crate::build::*;
use crate::common::{Setup, TestServer, until, within};
use crate::consumers::*;

#[tokio::test]
async fn what_is_recorded_is_delivered_and_acknowledged() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-2")]).await;
    let created = create(&mut client, "g", SubscriptionSettings::default()).await;
    assert_eq!((created.position, created.lag, created.version), (0, 2, 1));
    assert!(created.oldest_unacknowledged.is_some());
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let (first, second) = (member.delivery().await, member.delivery().await);
    assert_eq!((position(&first), first.attempt, position(&second)), (1, 1, 2));
    assert!(first.fencing_token > 0 && first.remaining_ms == 30_000);
    let now = get(&mut client, "g").await;
    assert_eq!((now.in_flight, now.lag, now.position, now.consumers.len()), (2, 2, 0, 1));
    assert_eq!((now.consumers[0].consumer_id.as_str(), now.consumers[0].in_flight), ("one", 2));
    member.acknowledge(&[&first, &second]);
    until_settled(&mut client, "g", 2).await;
    record(&mut events, [of("w-1")]).await;
    let third = member.delivery().await;
    assert_eq!(position(&third), 3);
    member.acknowledge(&[&third]);
    until_settled(&mut client, "g", 3).await;
    let now = get(&mut client, "g").await;
    assert_eq!((now.lag, now.in_flight, now.oldest_unacknowledged), (0, 0, None));
    assert_eq!(now.consumers[0].acknowledged, 3);
}

async fn until_settled(client: &mut Subscriptions, name: &str, position: u64) {
    until("all is settled", || {
        let mut client = client.clone();
        async move { get(&mut client, name).await.position == position }
    })
    .await;
}

#[tokio::test]
async fn each_event_goes_to_one_of_the_consumers_and_keys_keep_their_order() {
    const EVENTS: usize = 240;
    let (_server, mut events, mut client) = shared().await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut consumers = Vec::new();
    for number in 0..4 {
        let greeting = ConsumerHello { max_in_flight: 5, ..hello("g", &format!("c-{number}")) };
        let mut member = Member::connect(&client, greeting).await;
        consumers.push(tokio::spawn(async move {
            let mut seen = Vec::new();
            while let Ok(delivery) = tokio::time::timeout(std::time::Duration::from_secs(2), member.delivery()).await {
                let event = delivery.event.as_ref().unwrap();
                seen.push((std::time::Instant::now(), event.workflow_id.clone(), event.position));
                assert_eq!(delivery.attempt, 1);
                member.acknowledge(&[&delivery]);
            }
            seen
        }));
    }
    for number in 0..EVENTS {
        record(&mut events, [of(&format!("w-{}", number % 6))]).await;
    }
    let mut seen = Vec::new();
    for consumer in consumers {
        seen.extend(within(consumer).await.unwrap());
    }
    seen.sort();
    let distinct: BTreeSet<u64> = seen.iter().map(|(_, _, position)| *position).collect();
    assert_eq!((seen.len(), distinct.len()), (EVENTS, EVENTS));
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    for (_, workflow, position) in seen {
        let before = last.insert(workflow.clone(), position).unwrap_or_default();
        assert!(before < position, "{workflow}: {before} before {position}");
    }
    until_settled(&mut client, "g", EVENTS as u64).await;
}

#[tokio::test]
async fn the_order_of_a_key_survives_rejects() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-1"), of("w-2")]).await;
    create(&mut client, "g", quick()).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let (first, other) = (member.delivery().await, member.delivery().await);
    assert_eq!((position(&first), position(&other)), (1, 3));
    member.reject(&[&first], RejectAction::Retry);
    let again = member.delivery().await;
    assert_eq!((position(&again), again.attempt), (1, 2));
    assert!(again.fencing_token > first.fencing_token && again.delivery_id == first.delivery_id);
    member.acknowledge(&[&again]);
    assert_eq!(position(&member.delivery().await), 2);
}

#[tokio::test]
async fn after_the_last_attempt_an_event_is_parked_and_can_be_replayed() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-1")]).await;
    create(&mut client, "g", SubscriptionSettings { max_attempts: 2, ..quick() }).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    for attempt in 1..=2 {
        let delivery = member.delivery().await;
        assert_eq!((position(&delivery), delivery.attempt), (1, attempt));
        member.reject(&[&delivery], RejectAction::Retry);
    }
    let next = member.delivery().await;
    assert_eq!(position(&next), 2, "what is parked holds nothing up");
    member.acknowledge(&[&next]);
    until_settled(&mut client, "g", 2).await;
    let list = ListParkedEventsRequest { subscription: "g".into(), ..ListParkedEventsRequest::default() };
    let parked = client.list_parked_events(list.clone()).await.unwrap().into_inner().parked_events;
    assert_eq!((parked.len(), parked[0].attempts, parked[0].reason.as_str()), (1, 2, "because"));
    assert_eq!(parked[0].event.as_ref().unwrap().position, 1);
    assert!(parked[0].first_failed_at.is_some() && parked[0].last_failed_at.is_some());
    assert_eq!(get(&mut client, "g").await.parked, 1);

    let replay = ReplayParkedEventsRequest {
        request_id: id(),
        subscription: "g".into(),
        selection: Some(ParkedSelection { parked_ids: vec![parked[0].parked_id.clone()], filter: None }),
    };
    for _ in 0..2 {
        let answer = client.replay_parked_events(replay.clone()).await.unwrap().into_inner();
        assert_eq!(answer.replayed, 1, "a repeat gets the first answer");
    }
    let again = member.delivery().await;
    assert_eq!((position(&again), again.attempt), (1, 1));
    member.reject(&[&again], RejectAction::Park);
    let parked = || {
        let mut client = client.clone();
        async move { get(&mut client, "g").await.parked == 1 }
    };
    until("it is parked", parked).await;
    let skip = SkipParkedEventsRequest {
        subscription: "g".into(),
        selection: Some(ParkedSelection {
            filter: Some(EventFilter { workflow_id: "w-1".into(), ..EventFilter::default() }),
            parked_ids: Vec::new(),
        }),
        reason: "nobody needs it".into(),
        ..SkipParkedEventsRequest::default()
    };
    assert_eq!(client.skip_parked_events(skip.clone()).await.unwrap().into_inner().skipped, 1);
    assert_eq!(client.skip_parked_events(skip).await.unwrap().into_inner().skipped, 0);
    assert_eq!(client.list_parked_events(list).await.unwrap().into_inner().parked_events, []);
}

#[tokio::test]
async fn parked_events_hold_their_key_up_where_that_is_wanted_and_come_in_pages() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-1"), of("w-2"), of("w-3")]).await;
    let settings =
        SubscriptionSettings { parked_key_policy: ParkedKeyPolicy::Block.into(), ..SubscriptionSettings::default() };
    create(&mut client, "g", settings).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let deliveries = [member.delivery().await, member.delivery().await, member.delivery().await];
    member.reject(&deliveries.iter().collect::<Vec<_>>(), RejectAction::Park);
    assert_eq!(member.soon().await, None);
    let mut request = ListParkedEventsRequest { subscription: "g".into(), page_size: 2, page_token: String::new() };
    let mut seen = Vec::new();
    loop {
        let page = client.list_parked_events(request.clone()).await.unwrap().into_inner();
        seen.extend(page.parked_events.into_iter().map(|parked| parked.event.unwrap().position));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, [1, 3, 4]);
    let skip = SkipParkedEventsRequest {
        subscription: "g".into(),
        selection: Some(ParkedSelection::default()),
        ..SkipParkedEventsRequest::default()
    };
    assert_eq!(client.skip_parked_events(skip).await.unwrap().into_inner().skipped, 3);
    assert_eq!(position(&member.delivery().await), 2);
}

#[tokio::test]
async fn a_consumer_that_dies_leaves_its_deliveries_to_others_and_keys_keep_their_order() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-1")]).await;
    let settings = SubscriptionSettings { ack_timeout: Some(millis(300)), ..SubscriptionSettings::default() };
    create(&mut client, "g", settings).await;
    let mut dies = Member::connect(&client, hello("g", "dies")).await;
    let lost = dies.delivery().await;
    drop(dies);
    let mut lives = Member::connect(&client, hello("g", "lives")).await;
    let taken = lives.delivery().await;
    assert_eq!((position(&taken), taken.attempt), (1, 2));
    let late = AcknowledgeRequest { subscription: "g".into(), acknowledgement: Some(acknowledgement(&[&lost])) };
    let failures = client.acknowledge(late).await.unwrap().into_inner().report.unwrap().failures;
    assert_eq!(failures[0].reason(), ErrorReason::SupersededConsumer);
    assert!(failures[0].message.contains("lives"), "{}", failures[0].message);
    lives.acknowledge(&[&taken]);
    assert_eq!(position(&lives.delivery().await), 2);
}

#[tokio::test]
async fn who_connects_under_the_id_of_another_takes_over_from_it() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1")]).await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut old = Member::connect(&client, hello("g", "same")).await;
    let before = old.delivery().await;
    let mut new = Member::connect(&client, hello("g", "same")).await;
    let ended = old.end().await;
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::FailedPrecondition, "SUPERSEDED_CONSUMER"));
    assert_eq!(detail(&ended, "consumer_id"), "same");
    let after = new.delivery().await;
    assert_eq!((position(&after), after.attempt), (1, 2));
    new.acknowledge(&[&before]);
    assert_eq!(new.report().await[0].reason(), ErrorReason::SupersededConsumer);
    new.acknowledge(&[&after]);
    until_settled(&mut client, "g", 1).await;
    new.acknowledge(&[&after]);
    assert_eq!(new.report().await[0].reason(), ErrorReason::DeliveryNotFound);
    assert_eq!(get(&mut client, "g").await.consumers.len(), 1);
}

#[tokio::test]
async fn deliver_and_single_calls_do_the_same() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-1"), of("w-1")]).await;
    create(&mut client, "g", quick()).await;
    let request = DeliverRequest { hello: Some(hello("g", "")) };
    let mut stream = client.deliver(request).await.unwrap().into_inner();
    let Delivered::Welcome(welcome) = within(stream.message()).await.unwrap().unwrap().message.unwrap() else {
        panic!("the welcome comes first")
    };
    assert_eq!((welcome.consumer_id.len(), welcome.position), (36, 0));
    let mut next = async || loop {
        if let Delivered::Delivery(delivery) = within(stream.message()).await.unwrap().unwrap().message.unwrap() {
            return delivery;
        }
    };
    let first = next().await;
    let request = AcknowledgeRequest { subscription: "g".into(), acknowledgement: Some(acknowledgement(&[&first])) };
    let answer = client.acknowledge(request).await.unwrap().into_inner();
    assert_eq!((answer.report, answer.position), (None, 1));
    let second = next().await;
    let retry =
        RejectRequest { subscription: "g".into(), rejection: Some(rejection(&[&second], RejectAction::Unspecified)) };
    assert_eq!(client.reject(retry).await.unwrap().into_inner().position, 1);
    let again = next().await;
    assert_eq!((position(&again), again.attempt), (2, 2));
    let skip = RejectRequest { subscription: "g".into(), rejection: Some(rejection(&[&again], RejectAction::Skip)) };
    assert_eq!(client.reject(skip).await.unwrap().into_inner().position, 2);
    assert_eq!(position(&next().await), 3);
}

#[tokio::test]
async fn a_seek_delivers_again_and_makes_void_what_is_out() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [of("w-1"), of("w-2")]).await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let (first, second) = (member.delivery().await, member.delivery().await);
    let seek = SeekSubscriptionRequest { name: "g".into(), after_position: 1, ..SeekSubscriptionRequest::default() };
    let refused = client.seek_subscription(seek.clone()).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "SUBSCRIPTION_IN_USE"));
    let moved = client.seek_subscription(SeekSubscriptionRequest { force: true, ..seek }).await.unwrap().into_inner();
    assert_eq!(moved.subscription.unwrap().version, 1, "the version is that of the settings");
    let again = member.delivery().await;
    assert_eq!((position(&again), again.attempt), (2, 1));
    member.acknowledge(&[&first, &second]);
    let reasons: Vec<ErrorReason> = member.report().await.iter().map(|failure| failure.reason()).collect();
    assert_eq!(reasons, [ErrorReason::DeliveryNotFound; 2]);
}

#[tokio::test]
async fn a_paused_group_delivers_nothing_until_it_is_resumed() {
    let (_server, mut events, mut client) = shared().await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let mut pause = SetSubscriptionPausedRequest { name: "g".into(), paused: true, request_id: id() };
    assert!(client.set_subscription_paused(pause.clone()).await.unwrap().into_inner().subscription.unwrap().paused);
    record(&mut events, [of("w-1")]).await;
    assert_eq!(member.soon().await, None);
    assert_eq!(get(&mut client, "g").await.lag, 1);
    pause = SetSubscriptionPausedRequest { paused: false, request_id: id(), ..pause };
    client.set_subscription_paused(pause).await.unwrap();
    assert_eq!(position(&member.delivery().await), 1);
}

#[tokio::test]
async fn settings_are_shown_with_their_defaults_updated_and_obeyed() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [event("a.b", "1"), event("c.d", "2")]).await;
    let created = create(&mut client, "g", SubscriptionSettings::default()).await.settings.unwrap();
    assert_eq!(created.ordering_key(), OrderingKey::Workflow);
    assert_eq!(created.parked_key_policy(), ParkedKeyPolicy::Pass);
    assert_eq!((created.max_attempts, created.max_in_flight), (3, 1_000));
    assert_eq!((created.min_backoff, created.max_backoff), (Some(millis(1_000)), Some(millis(60_000))));
    let filter = EventFilter { event_types: vec!["c.#".into()], ..EventFilter::default() };
    let update = UpdateSubscriptionRequest {
        request_id: id(),
        name: "g".into(),
        settings: Some(SubscriptionSettings { filter: Some(filter.clone()), ..SubscriptionSettings::default() }),
        expected_version: Some(1),
    };
    for _ in 0..2 {
        let updated = client.update_subscription(update.clone()).await.unwrap().into_inner().subscription.unwrap();
        assert_eq!((updated.version, updated.lag), (2, 1));
        assert_eq!(updated.settings.unwrap().filter, Some(filter.clone()));
    }
    let stale = UpdateSubscriptionRequest { request_id: id(), ..update };
    let refused = client.update_subscription(stale).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Aborted, "VERSION_CONFLICT"));
    assert_eq!((detail(&refused, "expected").as_str(), detail(&refused, "actual").as_str()), ("1", "2"));
    let mut member = Member::connect(&client, hello("g", "one")).await;
    assert_eq!(position(&member.delivery().await), 2);
}

#[tokio::test]
async fn groups_are_listed_by_name_and_deleted_with_their_consumers() {
    let (_server, _events, mut client) = shared().await;
    for name in ["c", "a", "b"] {
        create(&mut client, name, SubscriptionSettings::default()).await;
    }
    let mut names = Vec::new();
    let mut request = ListSubscriptionsRequest { page_size: 2, ..ListSubscriptionsRequest::default() };
    loop {
        let page = client.list_subscriptions(request.clone()).await.unwrap().into_inner();
        names.extend(page.subscriptions.into_iter().map(|subscription| subscription.name));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(names, ["a", "b", "c"]);
    let mut member = Member::connect(&client, hello("a", "one")).await;
    let delete = DeleteSubscriptionRequest { request_id: id(), name: "a".into(), force: false };
    let refused = client.delete_subscription(delete.clone()).await.unwrap_err();
    assert_eq!(reason(&refused), "SUBSCRIPTION_IN_USE");
    let force = DeleteSubscriptionRequest { request_id: id(), force: true, ..delete };
    for _ in 0..2 {
        client.delete_subscription(force.clone()).await.unwrap();
    }
    let ended = member.end().await;
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::NotFound, "SUBSCRIPTION_NOT_FOUND"));
}

#[tokio::test]
async fn a_group_goes_on_where_it_stood_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let open = async || {
        let config = god33_store_sqlite::SqliteConfig::file(folder.path().join("god33.db"));
        Setup::on(std::sync::Arc::new(god33_store_sqlite::SqliteStore::open(&config).await.unwrap())).start().await
    };
    let server: TestServer = open().await;
    let mut events = Events::new(server.channel().await);
    let mut client = Subscriptions::new(server.channel().await);
    record(&mut events, [of("w-1"), of("w-2"), of("w-3")]).await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let (first, second) = (member.delivery().await, member.delivery().await);
    member.acknowledge(&[&first]);
    until_settled(&mut client, "g", 1).await;
    let store = server.store.clone();
    server.tell_to_stop();
    let ended = member.end().await;
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    drop((member, client, events));
    server.stop().await;
    store.close().await;

    let server = open().await;
    let mut client = Subscriptions::new(server.channel().await);
    assert_eq!(get(&mut client, "g").await.consumers, []);
    let late = AcknowledgeRequest { subscription: "g".into(), acknowledgement: Some(acknowledgement(&[&second])) };
    assert_eq!(client.acknowledge(late).await.unwrap().into_inner().position, 2, "what is out may still be settled");
    let mut member = Member::connect(&client, hello("g", "one")).await;
    let third = member.delivery().await;
    assert_eq!((position(&third), third.attempt), (3, 2));
}

#[tokio::test]
async fn a_consumer_keeps_no_more_than_it_said_and_gets_the_rest_as_it_settles() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, (0..10).map(|_| event("a.b", "1"))).await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut member = Member::connect(&client, ConsumerHello { max_in_flight: 2, ..hello("g", "one") }).await;
    let (first, _second) = (member.delivery().await, member.delivery().await);
    assert_eq!(member.soon().await, None);
    member.acknowledge(&[&first]);
    assert_eq!(position(&member.delivery().await), 3);
    assert_eq!(get(&mut client, "g").await.in_flight, 2);
}

#[tokio::test]
async fn a_projector_moves_its_cursor_with_what_it_appends_or_not_at_all() {
    let (_server, mut events, mut client) = shared().await;
    record(&mut events, [event("a.b", "1"), event("a.b", "2")]).await;
    let cursor = async |client: &mut Subscriptions| {
        let request = GetProjectorCursorRequest { name: "totals".into() };
        client.get_projector_cursor(request).await.unwrap().into_inner().position
    };
    assert_eq!(cursor(&mut client).await, 0);
    let project = |from, to| AppendEventsRequest {
        cursor: Some(ProjectorCursor { name: "totals".into(), expected_position: from, position: to }),
        ..batch([event("total.changed", "1")])
    };
    events.append_events(project(0, 2)).await.unwrap();
    assert_eq!((cursor(&mut client).await, head(&mut events).await), (2, 3));
    let refused = events.append_events(project(0, 2)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Aborted, "CURSOR_MOVED"));
    assert_eq!((detail(&refused, "expected").as_str(), detail(&refused, "actual").as_str()), ("0", "2"));
    let refused = events.append_events(project(2, 9)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::OutOfRange, "POSITION_IN_FUTURE"));
    let refused = events.append_events(project(2, 1)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "cursor.position");
    assert_eq!((cursor(&mut client).await, head(&mut events).await), (2, 3), "nothing moved, nothing was stored");
    let twice = AppendEventsRequest { request_id: id(), ..project(2, 3) };
    for _ in 0..2 {
        assert_eq!(events.append_events(twice.clone()).await.unwrap().into_inner().position, 4);
    }
    assert_eq!(cursor(&mut client).await, 3);
}

#[tokio::test]
async fn settlements_of_nothing_end_the_stream_and_are_named() {
    let (_server, _events, mut client) = shared().await;
    create(&mut client, "g", SubscriptionSettings::default()).await;
    let mut member = Member::connect(&client, hello("g", "one")).await;
    member.say(Said::Acknowledge(Acknowledgement::default()));
    is_refused(&member.end().await, Code::InvalidArgument, "EMPTY_REQUEST", "acknowledge.deliveries");
    let mut member = Member::connect(&client, hello("g", "one")).await;
    member.say(Said::Hello(hello("g", "two")));
    is_refused(&member.end().await, Code::InvalidArgument, "INVALID_FIELD", "hello");
    let mut member = Member::speak(&client, Said::Acknowledge(Acknowledgement::default())).await;
    is_refused(&member.end().await, Code::InvalidArgument, "INVALID_FIELD", "hello");
    let mut member = Member::speak(&client, Said::Hello(hello("nobody", "one"))).await;
    assert_eq!(reason(&member.end().await), "SUBSCRIPTION_NOT_FOUND");
}
