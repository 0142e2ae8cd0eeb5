//! The bus tells truthfully how it fares, and comes back whenever the broker does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::broker::{Names, Rabbit, broker_url, listen, plain_channel, url_through};
use god33_bus::{AmqpBus, AmqpConfig, AmqpUrl, TopicPattern};
use god33_conformance::bus::{BusUnderTest, DEADLINE, RecordingInbox, body, eventually, outbound};
use god33_conformance::chaos_proxy::ChaosProxy;
use god33_domain::Limits;
use god33_domain::ports::{Bus, BusState};
use lapin::options::{BasicPublishOptions, QueueDeclareOptions, QueueDeleteOptions};
use lapin::types::FieldTable;
use lapin::{BasicProperties, Channel};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

async fn behind_a_proxy(inbox: Arc<RecordingInbox>, change: impl Fn(&mut AmqpConfig)) -> (ChaosProxy, Rabbit) {
    let proxy = ChaosProxy::start(&common::broker::broker_address()).await;
    let mut names = Names::fresh();
    names.config.url = AmqpUrl::new(url_through(proxy.port()));
    change(&mut names.config);
    let rabbit = Rabbit::start_with(inbox, Uuid::new_v4(), names).await;
    (proxy, rabbit)
}

async fn works(rabbit: &Rabbit, inbox: &RecordingInbox, word: &str) {
    eventually("the bus is up", || rabbit.bus.state() == BusState::Up).await;
    rabbit.send(word, json!({}), &body(word)).await;
    inbox.wait_for_types(&[word]).await;
    let publishing = async {
        // With a deadline as short as some of these tests set, a busy machine can miss it once.
        while rabbit.bus.publish(&[outbound("out", 1)]).await.is_err() {}
    };
    tokio::time::timeout(DEADLINE, publishing).await.expect("a confirm in time");
}

fn start(config: &AmqpConfig) -> (Arc<AmqpBus>, CancellationToken) {
    let shutdown = CancellationToken::new();
    let (inbox, limits) = (RecordingInbox::new(), Limits::default());
    let bus = AmqpBus::start(config.clone(), Uuid::new_v4(), inbox, limits, shutdown.clone()).unwrap();
    (bus, shutdown)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_goes_away_is_down_then_the_circuit_opens_and_it_comes_back() {
    let inbox = RecordingInbox::new();
    let (proxy, rabbit) = behind_a_proxy(Arc::clone(&inbox), |config| config.circuit_failures = 3).await;
    let up_since = rabbit.bus.report().since;
    proxy.refuse();
    eventually("the bus is down", || rabbit.bus.state() != BusState::Up).await;
    assert!(rabbit.bus.publish(&[outbound("out", 1)]).await.is_err());
    eventually("the circuit is open", || matches!(rabbit.bus.state(), BusState::CircuitOpen { .. })).await;
    let BusState::CircuitOpen { reason } = rabbit.bus.state() else { panic!("open") };
    assert!(reason.contains("connect"), "{reason}");
    proxy.heal();
    works(&rabbit, &inbox, "back.again").await;
    let report = rabbit.bus.report();
    assert!(report.since > up_since);
    assert_eq!((report.kind, report.reconnects), ("rabbitmq", 2), "one connection in, one out");
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cable_that_is_pulled_is_noticed_and_a_publisher_does_not_wait_for_ever() {
    let inbox = RecordingInbox::new();
    let change = |config: &mut AmqpConfig| {
        (config.operation_timeout_ms, config.connect_timeout_ms, config.heartbeat_s) = (300, 300, 1);
    };
    let (proxy, rabbit) = behind_a_proxy(Arc::clone(&inbox), change).await;
    proxy.stall();
    assert!(rabbit.bus.publish(&[outbound("out", 1)]).await.is_err());
    eventually("the bus is down", || rabbit.bus.state() != BusState::Up).await;
    proxy.heal();
    works(&rabbit, &inbox, "plugged.in").await;
    // Without anybody publishing, the heartbeat notices.
    proxy.stall();
    eventually("the bus is down", || rabbit.bus.state() != BusState::Up).await;
    proxy.heal();
    works(&rabbit, &inbox, "plugged.in.again").await;
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_is_deleted_is_declared_anew() {
    let inbox = RecordingInbox::new();
    let rabbit = Rabbit::start(Arc::clone(&inbox), Uuid::new_v4()).await;
    let queue = rabbit.names.config.queue.clone();
    plain_channel().await.queue_delete(queue.into(), QueueDeleteOptions::default()).await.unwrap();
    eventually("the bus connected anew", || rabbit.bus.report().reconnects == 1).await;
    works(&rabbit, &inbox, "new.queue").await;
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exchange_that_is_deleted_is_declared_anew() {
    let inbox = RecordingInbox::new();
    let rabbit = Rabbit::start(Arc::clone(&inbox), Uuid::new_v4()).await;
    let exchange = rabbit.names.config.exchange.clone();
    plain_channel().await.exchange_delete(exchange.into(), Default::default()).await.unwrap();
    assert!(rabbit.bus.publish(&[outbound("out", 1)]).await.is_err());
    eventually("the bus connected anew", || rabbit.bus.report().reconnects == 1).await;
    works(&rabbit, &inbox, "new.exchange").await;
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_of_the_same_name_with_other_arguments_is_told() {
    let names = Names::fresh();
    let (channel, queue) = (plain_channel().await, names.config.queue.as_str());
    let options = QueueDeclareOptions { durable: true, ..Default::default() };
    channel.queue_declare(queue.into(), options, FieldTable::default()).await.unwrap();
    let (bus, shutdown) = start(&names.config);
    let told = || matches!(bus.state(), BusState::Down { reason } if reason.contains("PRECONDITION_FAILED"));
    eventually("the difference is told", told).await;
    shutdown.cancel();
    bus.stopped().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_without_the_password() {
    let url = broker_url();
    let (user, _) = url.split_once("://").unwrap().1.split_once(':').unwrap();
    let url = format!("amqp://{user}:hunter2@{}/%2f", common::broker::broker_address());
    let (bus, shutdown) = start(&AmqpConfig { url: AmqpUrl::new(url), ..AmqpConfig::default() });
    let refused = || matches!(bus.state(), BusState::Down { reason } if reason.contains("ACCESS_REFUSED"));
    eventually("the refusal is told", refused).await;
    let told = format!("{:?} {:?}", bus.state(), bus.publish(&[outbound("out", 1)]).await);
    assert!(!told.contains("hunter2"), "{told}");
    shutdown.cancel();
    bus.stopped().await;
}

async fn routed(channel: &Channel, exchange: &str, key: &str) -> bool {
    let options = BasicPublishOptions { mandatory: true, ..Default::default() };
    let properties = BasicProperties::default();
    let publishing = channel.basic_publish(exchange.into(), key.into(), options, b"", properties).await.unwrap();
    publishing.await.unwrap().take_message().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn binding_keys_take_what_the_broker_takes() {
    let patterns =
        ["#", "*", "a.*", "a.#", "#.b", "*.*", "a.#.b", "*.b.#", "#.*.#", "a.b", "", "a.", ".", "a.*.#.b", "#.#"];
    let keys = ["", "a", "a.", ".", "a.b", "a.b.c", "a.x.b", "b", "a.b.b", "..", "a..b", "x.b.y.z", "*", "#", "a.*"];
    let channel = plain_channel().await;
    channel.confirm_select(Default::default()).await.unwrap();
    for pattern in patterns {
        let exchange = format!("god33.test.{}", Uuid::new_v4().simple());
        let options = lapin::options::ExchangeDeclareOptions { auto_delete: true, ..Default::default() };
        let kind = lapin::ExchangeKind::Topic;
        channel.exchange_declare(exchange.as_str().into(), kind, options, FieldTable::default()).await.unwrap();
        let _listener = listen(&channel, &exchange, pattern).await;
        for key in keys {
            let expected = routed(&channel, &exchange, key).await;
            assert_eq!(TopicPattern::new(pattern).matches(key), expected, "{pattern:?} on {key:?}");
        }
    }
}
