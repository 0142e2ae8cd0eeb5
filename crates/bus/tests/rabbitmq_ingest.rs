//! What comes in from the real RabbitMQ is never lost: not when the store is away, not when the connection is, not at the end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use common::broker::{Names, Rabbit, plain_channel, url_through, wait_for_depth};
use common::upstream::UPSTREAM;
use god33_bus::{AmqpBus, AmqpUrl};
use god33_conformance::bus::{BusUnderTest, DEADLINE, RecordingInbox, body, eventually};
use god33_conformance::chaos_proxy::ChaosProxy;
use god33_domain::ports::{Bus, BusState, Inbound, Inbox, StoreError};
use god33_domain::{EventId, Limits};
use lapin::BasicProperties;
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// The types of messages that a test sends.
fn types(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("flow.n{n}")).collect()
}

async fn send_all(rabbit: &Rabbit, types: &[String]) {
    for event_type in types {
        rabbit.send(event_type, json!({}), &body(event_type)).await;
    }
}

fn seen(inbox: &RecordingInbox) -> HashSet<String> {
    inbox.events().into_iter().map(|event| event.envelope.event_type.as_str().to_owned()).collect()
}

async fn behind_a_proxy() -> (ChaosProxy, Names) {
    let proxy = ChaosProxy::start(&common::broker::broker_address()).await;
    let mut names = Names::fresh();
    names.config.url = AmqpUrl::new(url_through(proxy.port()));
    (proxy, names)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_of_the_estate_arrives_with_its_body_from_whatever_exchange() {
    let inbox = RecordingInbox::new();
    let mut names = Names::fresh();
    let other = format!("{}.n8n", names.config.exchange);
    names.config.also_from = vec![other.clone(), "amq.topic".into()];
    let rabbit = Rabbit::start_with(Arc::clone(&inbox), Uuid::new_v4(), names).await;
    let exchange = rabbit.names.config.exchange.clone();
    for (index, file) in UPSTREAM.iter().enumerate() {
        let exchange = if index % 2 == 0 { &exchange } else { &other };
        rabbit.publish(exchange, file.routing_key, BasicProperties::default(), &file.body()).await;
    }
    let last = format!("from.amq.topic.{}", Uuid::new_v4().simple());
    rabbit.publish("amq.topic", &last, BasicProperties::default(), b"{}").await;
    inbox.wait_for_types(&[last.as_str()]).await;
    let events = inbox.events();
    for file in &UPSTREAM {
        let id = file.id.map_or_else(|| EventId::from_content(file.routing_key, &file.body()), EventId::from_foreign);
        let event = events.iter().find(|event| event.envelope.event_id == id);
        let event = event.unwrap_or_else(|| panic!("{} did not arrive", file.file));
        assert_eq!(event.original.as_deref(), Some(file.body().as_slice()), "{}", file.file);
        assert_eq!(event.bus.as_ref().unwrap().family.0, file.family);
    }
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn properties_and_headers_of_a_message_are_kept() {
    let inbox = RecordingInbox::new();
    let rabbit = Rabbit::start(Arc::clone(&inbox), Uuid::new_v4()).await;
    let properties = BasicProperties::default()
        .with_message_id("3a217471a2c94405b4d49ffb1be3a41b".into())
        .with_content_type("application/json".into())
        .with_app_id("n8n".into())
        .with_timestamp(1_760_286_300);
    let exchange = rabbit.names.config.exchange.clone();
    rabbit.publish(&exchange, "kept.event", properties.clone(), br#"{"a":1}"#).await;
    rabbit.publish(&exchange, "kept.poison", properties, b"\xff").await;
    inbox.wait_until(|taken| taken.len() == 2).await;
    let [Inbound::Event(event), Inbound::Unreadable(poison)] = &inbox.taken()[..] else {
        panic!("an event, then a poison")
    };
    assert_eq!(event.envelope.event_id, EventId::from_foreign("3a217471-a2c9-4405-b4d4-9ffb1be3a41b"));
    assert_eq!(event.bus.as_ref().unwrap().content_type.as_deref(), Some("application/json"));
    let expected = json!({
        "message_id": "3a217471a2c94405b4d49ffb1be3a41b",
        "content_type": "application/json",
        "app_id": "n8n",
        "timestamp": 1_760_286_300,
    });
    assert_eq!(poison.properties, expected);
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_has_not_taken_is_not_acknowledged_and_comes_to_the_next_bus() {
    let inbox = RecordingInbox::new();
    inbox.set_failing(true);
    let rabbit = Rabbit::start(Arc::clone(&inbox), Uuid::new_v4()).await;
    let types = types(300);
    send_all(&rabbit, &types).await;
    eventually("the inbox refused", || inbox.refused() >= 2).await;
    let (channel, queue) = (plain_channel().await, rabbit.names.config.queue.clone());
    wait_for_depth(&channel, &queue, 0).await;
    let names = rabbit.stop().await;
    wait_for_depth(&channel, &queue, 300).await;
    inbox.set_failing(false);
    let rabbit = Rabbit::start_with(Arc::clone(&inbox), Uuid::new_v4(), names).await;
    inbox.wait_until(|taken| taken.len() >= types.len()).await;
    assert_eq!(seen(&inbox), types.into_iter().collect());
    let names = rabbit.stop().await;
    wait_for_depth(&channel, &names.config.queue, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_lost_on_the_way_lose_no_message() {
    let (proxy, names) = behind_a_proxy().await;
    let inbox = RecordingInbox::new();
    let rabbit = Rabbit::start_with(Arc::clone(&inbox), Uuid::new_v4(), names).await;
    let types = types(1_000);
    for part in types.chunks(100) {
        send_all(&rabbit, part).await;
        proxy.cut();
    }
    inbox.wait_until(|taken| taken.len() >= types.len()).await;
    eventually("all arrived", || seen(&inbox).len() == types.len()).await;
    eventually("the bus is up again", || rabbit.bus.state() == BusState::Up).await;
    assert!(rabbit.bus.report().reconnects >= 1);
    // What the inbox has may still be a dead letter, when its acknowledgement was lost four times: late, but never the only copy.
    wait_for_depth(&rabbit.channel, &rabbit.names.config.queue, 0).await;
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_away_through_many_lost_connections_costs_no_message_its_deliveries() {
    let (proxy, names) = behind_a_proxy().await;
    let inbox = RecordingInbox::new();
    let rabbit = Rabbit::start_with(Arc::clone(&inbox), Uuid::new_v4(), names).await;
    inbox.set_failing(true);
    let types = types(50);
    send_all(&rabbit, &types).await;
    // Twice as many as the delivery limit allows.
    for _ in 0..8 {
        let refused = inbox.refused();
        eventually("the inbox refused again", || inbox.refused() > refused).await;
        proxy.cut();
    }
    inbox.set_failing(false);
    eventually("all arrived", || seen(&inbox).len() == types.len()).await;
    wait_for_depth(&rabbit.channel, &rabbit.names.config.dead_letter, 0).await;
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_breaks_the_connection_ends_as_a_dead_letter_and_takes_no_other_with_it() {
    let proxy = ChaosProxy::start(&common::broker::broker_address()).await;
    proxy.replace(b"poison", b"\xff\xfe\xff\xfe\xff\xfe");
    let inbox = RecordingInbox::new();
    let rabbit = Rabbit::start(Arc::clone(&inbox), Uuid::new_v4()).await;
    let types = types(60);
    send_all(&rabbit, &types[..20]).await;
    // A routing key that is not UTF-8, which AMQP allows and no client library of ours can write.
    let properties = lapin::ConnectionProperties::default();
    let connection = lapin::Connection::connect(&url_through(proxy.port()), properties).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    let (exchange, options) = (rabbit.names.config.exchange.as_str(), BasicPublishOptions::default());
    let publishing =
        channel.basic_publish(exchange.into(), "poison".into(), options, b"{}", BasicProperties::default());
    assert!(publishing.await.unwrap().await.unwrap().is_ack());
    send_all(&rabbit, &types[20..]).await;
    eventually("all others arrived", || seen(&inbox).len() == types.len()).await;
    let fresh = plain_channel().await;
    wait_for_depth(&fresh, &rabbit.names.config.dead_letter, 1).await;
    wait_for_depth(&fresh, &rabbit.names.config.queue, 0).await;
    eventually("the bus is up again", || rabbit.bus.state() == BusState::Up).await;
    Box::new(rabbit).finish().await;
}

/// An inbox that takes a batch only when it is let.
struct Gate {
    entered: Semaphore,
    open: Semaphore,
}

#[async_trait]
impl Inbox for Gate {
    async fn receive(&self, _batch: Vec<Inbound>) -> Result<(), StoreError> {
        self.entered.add_permits(1);
        self.open.acquire().await.unwrap().forget();
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_batch_under_way_is_finished_and_acknowledged_at_the_end() {
    let gate = Arc::new(Gate { entered: Semaphore::new(0), open: Semaphore::new(0) });
    let (names, shutdown) = (Names::fresh(), CancellationToken::new());
    let inbox: Arc<dyn Inbox> = gate.clone();
    let bus = AmqpBus::start(names.config.clone(), Uuid::new_v4(), inbox, Limits::default(), shutdown.clone()).unwrap();
    eventually("the bus is up", || bus.state() == BusState::Up).await;
    let channel = plain_channel().await;
    let (exchange, options) = (names.config.exchange.as_str(), BasicPublishOptions::default());
    let publishing = channel.basic_publish(exchange.into(), "end".into(), options, b"{}", BasicProperties::default());
    publishing.await.unwrap();
    gate.entered.acquire().await.unwrap().forget();
    shutdown.cancel();
    gate.open.add_permits(1);
    tokio::time::timeout(DEADLINE, bus.stopped()).await.expect("an end in time");
    assert_eq!(bus.state(), BusState::Down { reason: "stopped".into() });
    assert_eq!(bus.report().ingested, 1);
    wait_for_depth(&channel, &names.config.queue, 0).await;
}
