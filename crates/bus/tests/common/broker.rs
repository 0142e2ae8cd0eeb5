//! Exchanges and queues of a test's own on the real broker.

use std::sync::Arc;

use async_trait::async_trait;
use futures::StreamExt;
use god33_bus::{AmqpBus, AmqpConfig, AmqpUrl};
use god33_conformance::bus::{BusUnderTest, DEADLINE, Heard, eventually};
use god33_domain::Limits;
use god33_domain::ports::{Bus, BusState, Inbox};
use lapin::options::*;
use lapin::types::{AMQPValue, FieldTable};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, Consumer, ExchangeKind};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// The variable with the URL of a RabbitMQ whose user may declare what it likes.
const VARIABLE: &str = "GOD33_TEST_AMQP_URL";

pub fn broker_url() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set, and this test needs a RabbitMQ: run `cargo xtask services up` and set what it prints"
        )
    })
}

/// `host:port` of the broker.
pub fn broker_address() -> String {
    let url = broker_url();
    let authority = url.split_once("://").unwrap().1.split('/').next().unwrap();
    authority.rsplit_once('@').map_or(authority, |(_, address)| address).to_owned()
}

/// The broker's URL by way of a local port.
pub fn url_through(port: u16) -> String {
    broker_url().replacen(&broker_address(), &format!("127.0.0.1:{port}"), 1)
}

/// Names of a test's own. What was declared under them is deleted when this value goes.
pub struct Names {
    pub config: AmqpConfig,
}

impl Names {
    /// Fresh names on the real broker, and pauses that suit a test.
    pub fn fresh() -> Self {
        let base = format!("god33.test.{}", Uuid::new_v4().simple());
        let config = AmqpConfig {
            url: AmqpUrl::new(broker_url()),
            exchange: base.clone(),
            queue: format!("{base}.ingest"),
            dead_letter: format!("{base}.dead-letter"),
            retry_first_ms: 20,
            retry_most_ms: 300,
            ..AmqpConfig::default()
        };
        Self { config }
    }
}

impl Drop for Names {
    /// In a thread of its own, since a test that failed is leaving its runtime.
    fn drop(&mut self) {
        let AmqpConfig { exchange, queue, dead_letter, also_from, .. } = self.config.clone();
        let delete = async move {
            let channel = plain_channel().await;
            for queue in [&queue, &dead_letter] {
                channel.queue_delete(queue.as_str().into(), QueueDeleteOptions::default()).await.unwrap();
            }
            for exchange in [exchange, dead_letter]
                .into_iter()
                .chain(also_from.into_iter().filter(|name| !name.starts_with("amq.")))
            {
                channel.exchange_delete(exchange.into(), ExchangeDeleteOptions::default()).await.unwrap();
            }
        };
        let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let deleted = std::thread::spawn(move || runtime().block_on(delete)).join();
        assert!(deleted.is_ok() || std::thread::panicking(), "what the test declared could not be deleted");
    }
}

/// A channel of a client that knows nothing of god33. Its connection lives as long as it does.
pub async fn plain_channel() -> Channel {
    let connection = Connection::connect(&broker_url(), ConnectionProperties::default()).await.expect("a broker");
    connection.create_channel().await.unwrap()
}

/// Messages that wait in a queue.
pub async fn depth(channel: &Channel, queue: &str) -> u32 {
    let options = QueueDeclareOptions { passive: true, ..Default::default() };
    channel.queue_declare(queue.into(), options, FieldTable::default()).await.unwrap().message_count()
}

/// Waits until a queue holds this many messages that nobody has taken.
pub async fn wait_for_depth(channel: &Channel, queue: &str, expected: u32) {
    let waiting = async {
        while depth(channel, queue).await != expected {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    assert!(tokio::time::timeout(DEADLINE, waiting).await.is_ok(), "{queue} does not come to hold {expected} messages");
}

/// A bus on the real broker, and a plain client beside it.
pub struct Rabbit {
    pub bus: Arc<AmqpBus>,
    pub shutdown: CancellationToken,
    pub channel: Channel,
    /// On a connection of its own, which a message that no client can read breaks.
    listener: Channel,
    consumer: tokio::sync::Mutex<Consumer>,
    pub names: Names,
}

impl Rabbit {
    /// A bus under names of its own, once it is up.
    pub async fn start(inbox: Arc<impl Inbox>, store_id: Uuid) -> Self {
        Self::start_with(inbox, store_id, Names::fresh()).await
    }

    pub async fn start_with(inbox: Arc<impl Inbox>, store_id: Uuid, names: Names) -> Self {
        let shutdown = CancellationToken::new();
        let bus = AmqpBus::start(names.config.clone(), store_id, inbox, Limits::default(), shutdown.clone()).unwrap();
        eventually("the bus is up", || bus.state() == BusState::Up).await;
        let channel = plain_channel().await;
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        let listener = plain_channel().await;
        let consumer = tokio::sync::Mutex::new(listen(&listener, &names.config.exchange, "#").await);
        Self { bus, shutdown, channel, listener, consumer, names }
    }

    /// Sends a message as a plain client does, and waits for the confirm.
    pub async fn publish(&self, exchange: &str, routing_key: &str, properties: BasicProperties, body: &[u8]) {
        let options = BasicPublishOptions::default();
        let publishing = self.channel.basic_publish(exchange.into(), routing_key.into(), options, body, properties);
        assert!(publishing.await.unwrap().await.unwrap().is_ack());
    }

    /// The listener goes, and its queue with it.
    pub async fn stop_listening(&self) {
        let queue = self.consumer.lock().await.queue();
        self.listener.queue_delete(queue, QueueDeleteOptions::default()).await.unwrap();
    }

    /// Stops the bus and gives back its names, for the next one.
    pub async fn stop(self) -> Names {
        self.shutdown.cancel();
        tokio::time::timeout(DEADLINE, self.bus.stopped()).await.expect("an end in time");
        self.names
    }
}

/// Listens to an exchange as a consumer of the estate does.
pub async fn listen(channel: &Channel, exchange: &str, binding_key: &str) -> Consumer {
    let options = QueueDeclareOptions { exclusive: true, ..Default::default() };
    let queue = channel.queue_declare("".into(), options, FieldTable::default()).await.unwrap().name().clone();
    let (options, table) = (QueueBindOptions::default(), FieldTable::default());
    channel.queue_bind(queue.clone(), exchange.into(), binding_key.into(), options, table).await.unwrap();
    let options = BasicConsumeOptions { no_ack: true, ..Default::default() };
    channel.basic_consume(queue, "".into(), options, FieldTable::default()).await.unwrap()
}

#[async_trait]
impl BusUnderTest for Rabbit {
    fn bus(&self) -> Arc<dyn Bus> {
        self.bus.clone()
    }

    async fn send(&self, routing_key: &str, headers: Value, body: &[u8]) {
        let mut table = FieldTable::default();
        for (name, value) in headers.as_object().unwrap() {
            let text = |text: &str| AMQPValue::LongString(text.into());
            let value = value.as_str().map_or_else(|| AMQPValue::LongInt(value.as_i64().unwrap() as i32), text);
            table.insert(name.as_str().into(), value);
        }
        let properties = BasicProperties::default().with_headers(table);
        self.publish(&self.names.config.exchange, routing_key, properties, body).await;
    }

    async fn hear(&self) -> Heard {
        let mut consumer = self.consumer.lock().await;
        let delivery = tokio::time::timeout(DEADLINE, consumer.next()).await.expect("a message in time");
        let delivery = delivery.unwrap().unwrap();
        let headers = delivery.properties.headers().clone().unwrap_or_default();
        let header = |value: &AMQPValue| match value {
            AMQPValue::LongString(text) => json!(text.to_string()),
            AMQPValue::LongLongInt(number) => json!(number),
            other => panic!("a header of an unexpected kind: {other:?}"),
        };
        Heard {
            routing_key: delivery.routing_key.to_string(),
            message_id: delivery.properties.message_id().as_ref().map(ToString::to_string),
            content_type: delivery.properties.content_type().as_ref().map(ToString::to_string),
            headers: headers.inner().iter().map(|(name, value)| (name.to_string(), header(value))).collect(),
            body: serde_json::from_slice(&delivery.data).unwrap(),
        }
    }

    async fn finish(self: Box<Self>) {
        self.stop().await;
    }
}

/// Declares a topic exchange that is there before god33 is.
pub async fn declare_topic(channel: &Channel, exchange: &str) {
    let options = ExchangeDeclareOptions { durable: true, ..Default::default() };
    channel.exchange_declare(exchange.into(), ExchangeKind::Topic, options, FieldTable::default()).await.unwrap();
}
