//! The inbox: what the bus brings is committed, known or in quarantine before it may be acknowledged.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::log;
use god33_conformance::{EventStory, event, from_bus, proposal};
use god33_domain::ports::{Inbound, Inbox, StoreError, SystemClock};
use god33_domain::{Position, QuarantineReason, QuarantinedMessage, Timestamp};
use god33_log::{Log, LogConfig, LogInbox};

fn inbox(log: &Log) -> LogInbox {
    LogInbox::new(log.writer.clone(), log.store.clone(), Arc::new(SystemClock))
}

fn message(story: &EventStory) -> Inbound {
    Inbound::Event(Box::new(story.build()))
}

fn echo(story: &EventStory) -> Inbound {
    Inbound::Echo(Box::new(story.build()))
}

#[tokio::test]
async fn events_are_committed_when_the_batch_is_answered_and_repeats_change_nothing() {
    let log = log(LogConfig::default()).await;
    let inbox = inbox(&log);
    let (one, two) = (from_bus("a.b", "{}"), from_bus("a.c", "{}"));
    inbox.receive(vec![message(&one), message(&two)]).await.unwrap();
    inbox.receive(vec![message(&two), message(&one)]).await.unwrap();
    let events = log.store.read_after(Position::START, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.envelope.event_type.as_str()).collect::<Vec<_>>(), ["a.b", "a.c"]);
    assert!(events.iter().all(|event| event.principal == "bus" && event.bus.is_some()));
}

#[tokio::test]
async fn an_id_with_other_content_goes_to_quarantine_and_holds_nobody_up() {
    let log = log(LogConfig::default()).await;
    let inbox = inbox(&log);
    let first = from_bus("a.b", "{\"n\":1}").saying("n", 1);
    let second = first.clone().saying("n", 2);
    let third = from_bus("a.c", "{}");
    inbox.receive(vec![message(&first)]).await.unwrap();
    inbox.receive(vec![message(&second), message(&third)]).await.unwrap();
    assert_eq!(log.store.info().await.unwrap().head.position.get(), 2);
    let quarantined = log.store.quarantined(None, 10).await.unwrap();
    assert_eq!(quarantined.len(), 1);
    let (_, message) = &quarantined[0];
    assert_eq!(message.reason, QuarantineReason::IdConflict);
    assert_eq!(message.body, "{\"n\":1}");
    assert!(message.detail.contains("position 1"), "{}", message.detail);
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_whole() {
    let log = log(LogConfig::default()).await;
    let unreadable = QuarantinedMessage {
        received_at: Timestamp::now(),
        exchange: "bloodbank.events.v1".into(),
        routing_key: "a.b".into(),
        properties: serde_json::json!({"headers": {"x": 1}}),
        body: bytes::Bytes::from_static(b"\xff\x00 no json"),
        reason: QuarantineReason::Malformed,
        detail: "not UTF-8".into(),
        attempts: 1,
    };
    inbox(&log).receive(vec![Inbound::Unreadable(unreadable.clone())]).await.unwrap();
    let quarantined = log.store.quarantined(None, 10).await.unwrap();
    assert_eq!(quarantined.into_iter().map(|(_, message)| message).collect::<Vec<_>>(), [unreadable]);
}

#[tokio::test]
async fn nothing_may_be_acknowledged_while_the_store_is_away() {
    let log = log(LogConfig::default()).await;
    log.store.close().await;
    let answer = inbox(&log).receive(vec![message(&from_bus("a.b", "{}"))]).await;
    assert!(matches!(answer, Err(StoreError::Unavailable { .. })), "{answer:?}");
}

#[tokio::test]
async fn an_echo_of_a_recorded_event_changes_nothing_whatever_it_says() {
    let log = log(LogConfig::default()).await;
    let recorded = event("a.b");
    log.writer.propose(proposal([&recorded]).build()).await.unwrap();
    let rendered = from_bus("a.b", "{}").with_id(recorded.envelope.event_id).saying("rendered", "otherwise");
    inbox(&log).receive(vec![echo(&rendered)]).await.unwrap();
    let info = log.store.info().await.unwrap();
    assert_eq!((info.head.position.get(), log.store.count_quarantined().await.unwrap()), (1, 0));
}

#[tokio::test]
async fn an_echo_that_the_log_does_not_know_is_recorded_once_and_in_its_place() {
    let log = log(LogConfig::default()).await;
    let inbox = inbox(&log);
    let (before, unknown, after) = (from_bus("a.before", "{}"), from_bus("a.unknown", "{}"), from_bus("a.after", "{}"));
    inbox.receive(vec![message(&before), echo(&unknown), echo(&unknown), message(&after)]).await.unwrap();
    inbox.receive(vec![echo(&unknown)]).await.unwrap();
    let events = log.store.read_after(Position::START, 10).await.unwrap();
    let types: Vec<_> = events.iter().map(|event| event.envelope.event_type.as_str()).collect();
    assert_eq!(types, ["a.before", "a.unknown", "a.after"]);
    assert_eq!(log.store.count_quarantined().await.unwrap(), 0);
}

#[tokio::test]
async fn an_echo_may_not_be_acknowledged_while_nobody_can_tell_whether_it_is_recorded() {
    let log = log(LogConfig::default()).await;
    log.store.close().await;
    let answer = inbox(&log).receive(vec![echo(&from_bus("a.b", "{}"))]).await;
    assert!(matches!(answer, Err(StoreError::Unavailable { .. })), "{answer:?}");
}
