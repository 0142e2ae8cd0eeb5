//! Subscriptions over the tail and the store.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{append, log, next, positions, reach, store, subscribe};
use god33_conformance::{event, proposal};
use god33_domain::ports::SystemClock;
use god33_domain::{EventFilter, Limits, Position, TypePattern};
use god33_log::{Delivery, Log, LogConfig, Start, SubscribeError, SubscribeRequest, Subscription};
use tokio_util::sync::CancellationToken;

fn of_type(pattern: &str) -> EventFilter {
    EventFilter { types: vec![TypePattern::parse(pattern).unwrap()], ..EventFilter::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn history_and_what_happens_join_without_gap_or_repeat() {
    // A ring of 8 makes the subscriber change between memory and store all the time.
    let log = Arc::new(log(LogConfig { ring_events: 8, ..LogConfig::default() }).await);
    append(&log, "a.b", 100).await;
    let mut subscription = subscribe(&log, Start::Beginning, EventFilter::default()).await;
    let writer = {
        let log = log.clone();
        tokio::spawn(async move { append(&log, "a.b", 300).await })
    };
    assert_eq!(positions(&mut subscription, 400).await, (1..=400).collect::<Vec<_>>());
    writer.await.unwrap();
}

#[tokio::test]
async fn a_subscription_from_now_sees_only_what_follows_and_says_so_first() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 3).await;
    reach(&log, 3).await;
    let mut subscription = subscribe(&log, Start::Now, EventFilter::default()).await;
    assert!(matches!(next(&mut subscription).await, Delivery::CaughtUp { position } if position.get() == 3));
    append(&log, "a.b", 1).await;
    assert_eq!(positions(&mut subscription, 1).await, [4]);
}

#[tokio::test]
async fn a_subscription_starts_after_a_position_or_at_a_time() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 5).await;
    reach(&log, 5).await;
    let third = log.store.read_after(Position::new(2), 1).await.unwrap().remove(0);
    let mut after = subscribe(&log, Start::After(Position::new(2)), EventFilter::default()).await;
    assert_eq!(positions(&mut after, 3).await, [3, 4, 5]);
    let mut since = subscribe(&log, Start::Since(third.recorded_at), EventFilter::default()).await;
    let first = positions(&mut since, 1).await[0];
    // Events recorded in one transaction share their time, so the first may lie before the third.
    let event = log.store.read_after(Position::new(first - 1), 1).await.unwrap().remove(0);
    assert!(first <= 3 && event.recorded_at >= third.recorded_at);
}

#[tokio::test]
async fn a_start_past_the_end_is_refused() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 2).await;
    let request = SubscribeRequest {
        start: Start::After(Position::new(3)),
        filter: EventFilter::default(),
        checkpoint_every: Duration::from_secs(1),
    };
    let opened =
        Subscription::open(log.store.clone(), log.tail.clone(), &Limits::default(), request, CancellationToken::new())
            .await;
    assert!(matches!(opened.err(), Some(SubscribeError::InFuture { head, .. }) if head.get() == 2));
}

#[tokio::test]
async fn a_filter_that_nothing_fits_still_tells_how_far_it_has_come() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 3).await;
    let mut subscription = subscribe(&log, Start::Beginning, of_type("nobody.sends.this")).await;
    loop {
        if let Delivery::Checkpoint { position, head } = next(&mut subscription).await {
            assert_eq!((position.get(), head.get()), (3, 3));
            break;
        }
    }
    append(&log, "a.b", 1).await;
    loop {
        match next(&mut subscription).await {
            Delivery::Checkpoint { position, .. } if position.get() == 4 => break,
            Delivery::Event(event) => panic!("{:?} does not fit", event.envelope.event_type),
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_slow_subscriber_is_told_and_misses_nothing() {
    let log = log(LogConfig { ring_events: 4, ..LogConfig::default() }).await;
    let mut subscription = subscribe(&log, Start::Now, EventFilter::default()).await;
    assert!(matches!(next(&mut subscription).await, Delivery::CaughtUp { .. }));
    // Nobody reads while far more is written than buffer and ring hold.
    append(&log, "a.b", 400).await;
    let (mut found, mut fell_behind) = (Vec::new(), false);
    while found.len() < 400 {
        match next(&mut subscription).await {
            Delivery::Event(event) => found.push(event.position.get()),
            Delivery::FellBehind { .. } => fell_behind = true,
            _ => {}
        }
    }
    assert_eq!(found, (1..=400).collect::<Vec<_>>());
    assert!(fell_behind);
}

#[tokio::test]
async fn a_causation_chain_is_followed_as_it_grows() {
    let log = log(LogConfig::default()).await;
    let cause = event("a.cause");
    let root = event("a.root").caused_by(&cause);
    log.writer.propose(proposal([&root]).build()).await.unwrap();
    let filter = EventFilter { chain: Some(root.build().envelope.event_id), ..EventFilter::default() };
    let mut subscription = subscribe(&log, Start::Beginning, filter).await;
    assert_eq!(positions(&mut subscription, 1).await, [1]);
    let child = event("a.child").caused_by(&root);
    let grandchild = event("a.grandchild").caused_by(&child);
    for story in [&event("a.stranger"), &child, &grandchild, &cause, &event("a.stranger")] {
        log.writer.propose(proposal([story]).build()).await.unwrap();
    }
    assert_eq!(positions(&mut subscription, 3).await, [3, 4, 5]);
}

#[tokio::test]
async fn events_that_another_node_writes_are_seen() {
    let store = store().await;
    let config = LogConfig { poll_ms: 20, ..LogConfig::default() };
    let one = Log::start(store.clone(), Arc::new(SystemClock), &config).await.unwrap();
    let other = Log::start(store, Arc::new(SystemClock), &config).await.unwrap();
    let mut subscription = subscribe(&one, Start::Now, EventFilter::default()).await;
    append(&other, "a.b", 2).await;
    append(&one, "a.b", 2).await;
    append(&other, "a.b", 2).await;
    assert_eq!(positions(&mut subscription, 6).await, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test]
async fn stopping_ends_a_stream_and_says_where_to_resume() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 2).await;
    let stop = CancellationToken::new();
    let request = SubscribeRequest {
        start: Start::Beginning,
        filter: EventFilter::default(),
        checkpoint_every: Duration::from_secs(60),
    };
    let mut subscription =
        Subscription::open(log.store.clone(), log.tail.clone(), &Limits::default(), request, stop.clone())
            .await
            .unwrap();
    assert_eq!(positions(&mut subscription, 2).await, [1, 2]);
    stop.cancel();
    let end = loop {
        match tokio::time::timeout(common::DEADLINE, subscription.next()).await.expect("an end in time") {
            Some(Ok(_)) => {}
            Some(Err(end)) => break end,
            None => panic!("the stream ended without a word"),
        }
    };
    assert!(matches!(end, SubscribeError::ShuttingDown { position } if position.get() == 2), "{end:?}");
}
