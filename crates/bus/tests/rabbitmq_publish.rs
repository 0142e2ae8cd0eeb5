//! What goes out over the real RabbitMQ is counted as confirmed exactly when it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::broker::{Names, Rabbit, url_through};
use futures::StreamExt;
use god33_bus::AmqpUrl;
use god33_conformance::bus::{BusUnderTest, DEADLINE, RecordingInbox, eventually, outbound};
use god33_conformance::chaos_proxy::ChaosProxy;
use god33_domain::ports::{Bus, BusState, OutboundMessage};
use lapin::options::{QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable};
use uuid::Uuid;

fn messages(count: u64) -> Vec<OutboundMessage> {
    (1..=count).map(|n| outbound(&format!("out.n{n}"), n)).collect()
}

async fn rabbit() -> Rabbit {
    Rabbit::start(RecordingInbox::new(), Uuid::new_v4()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_carries_the_properties_that_consumers_rely_on() {
    let rabbit = rabbit().await;
    let mut consumer = common::broker::listen(&rabbit.channel, &rabbit.names.config.exchange, "out.#").await;
    let messages = messages(1);
    assert_eq!(rabbit.bus.publish(&messages).await.unwrap(), 1);
    let delivery = tokio::time::timeout(DEADLINE, consumer.next()).await.unwrap().unwrap().unwrap();
    let properties = &delivery.properties;
    assert_eq!(properties.delivery_mode(), &Some(2));
    assert_eq!(properties.content_encoding().as_ref().unwrap().as_str(), "utf-8");
    assert_eq!(properties.message_id().as_ref().unwrap().as_str(), messages[0].id().to_string());
    assert_eq!(properties.timestamp(), &Some(messages[0].event.envelope.timestamp.seconds() as u64));
    assert_eq!(delivery.data, god33_bus::render(&messages[0].event.envelope).into_bytes());
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_queue_wants_is_confirmed_and_counted() {
    let rabbit = rabbit().await;
    rabbit.stop_listening().await;
    // Nobody is left but god33 itself.
    let (queue, exchange) = (rabbit.names.config.queue.as_str(), rabbit.names.config.exchange.as_str());
    let unbinding = rabbit.channel.queue_unbind(queue.into(), exchange.into(), "#".into(), FieldTable::default());
    unbinding.await.unwrap();
    assert_eq!(rabbit.bus.publish(&messages(3)).await.unwrap(), 3);
    let report = rabbit.bus.report();
    assert_eq!((report.published, report.unroutable), (3, 3));
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_the_broker_refuses_ends_the_confirmed_prefix() {
    let rabbit = rabbit().await;
    let mut arguments = FieldTable::default();
    arguments.insert("x-max-length".into(), AMQPValue::LongInt(2));
    arguments.insert("x-overflow".into(), AMQPValue::LongString("reject-publish".into()));
    let options = QueueDeclareOptions { exclusive: true, ..Default::default() };
    let queue = rabbit.channel.queue_declare("".into(), options, arguments).await.unwrap().name().clone();
    let (exchange, options) = (rabbit.names.config.exchange.as_str(), QueueBindOptions::default());
    let binding = rabbit.channel.queue_bind(queue, exchange.into(), "#".into(), options, FieldTable::default());
    binding.await.unwrap();
    assert_eq!(rabbit.bus.publish(&messages(5)).await.unwrap(), 2);
    let error = rabbit.bus.publish(&messages(1)).await.unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("refused a message"), "{error:?}");
    assert_eq!(rabbit.bus.state(), BusState::Up, "a full queue is no reason to connect anew");
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_longer_than_a_routing_key_can_be_is_published_under_its_first_segments() {
    let rabbit = rabbit().await;
    let long = format!("long.{}.{}", "a".repeat(200), "b".repeat(200));
    let messages = [outbound(&long, 1), outbound("out.after", 2)];
    assert_eq!(rabbit.bus.publish(&messages).await.unwrap(), 2);
    let heard = rabbit.hear().await;
    assert_eq!(heard.routing_key, format!("long.{}", "a".repeat(200)));
    assert_eq!(heard.body["event_type"], long);
    assert_eq!(rabbit.hear().await.routing_key, "out.after");
    Box::new(rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_over_lost_connections_until_all_is_confirmed_lets_nothing_out_unheard() {
    let proxy = ChaosProxy::start(&common::broker::broker_address()).await;
    let mut names = Names::fresh();
    names.config.url = AmqpUrl::new(url_through(proxy.port()));
    let rabbit = Rabbit::start_with(RecordingInbox::new(), Uuid::new_v4(), names).await;
    let messages = messages(2_000);
    let bus = Arc::clone(&rabbit.bus);
    let all = messages.clone();
    let publishing = tokio::spawn(async move {
        let mut done = 0;
        while done < all.len() {
            let end = (done + 256).min(all.len());
            match bus.publish(&all[done..end]).await {
                Ok(confirmed) => done += confirmed,
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        }
    });
    for part in 1..=5 {
        eventually("some are published", || rabbit.bus.report().published >= part * 200).await;
        proxy.cut();
    }
    tokio::time::timeout(DEADLINE, publishing).await.unwrap().unwrap();
    let mut heard = std::collections::HashSet::new();
    let mut last_of_each_pass = 0;
    while heard.len() < messages.len() {
        let message = rabbit.hear().await;
        heard.insert(message.message_id.unwrap());
        let position = message.headers["x-god33-position"].as_u64().unwrap();
        // A pass may begin again at what was not confirmed, but never skips.
        assert!(position <= last_of_each_pass + 1, "position {position} after {last_of_each_pass}");
        last_of_each_pass = position.max(last_of_each_pass);
    }
    Box::new(rabbit).finish().await;
}
