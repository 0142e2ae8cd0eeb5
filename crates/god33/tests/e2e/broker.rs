//! A plain AMQP client, as any program of the estate is one.

use lapin::options::{
    BasicConsumeOptions, BasicPublishOptions, ConfirmSelectOptions, ExchangeDeclareOptions, ExchangeDeleteOptions,
    QueueBindOptions, QueueDeclareOptions, QueueDeleteOptions,
};
use lapin::types::FieldTable;
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, Consumer, ExchangeKind};
use uuid::Uuid;

use crate::server::DEADLINE;

/// RabbitMQ with names of this test's own.
pub(crate) struct Broker {
    pub(crate) url: String,
    pub(crate) exchange: String,
    pub(crate) queue: String,
    pub(crate) dead_letter: String,
    pub(crate) channel: Channel,
    _connection: Connection,
}

impl Broker {
    pub(crate) async fn connect() -> Self {
        let url = std::env::var("GOD33_TEST_AMQP_URL").expect(
            "GOD33_TEST_AMQP_URL is not set, and this test needs a RabbitMQ server: run `cargo xtask services up` and set what it prints",
        );
        let connection = Connection::connect(&url, ConnectionProperties::default()).await.expect("RabbitMQ answers");
        let channel = connection.create_channel().await.unwrap();
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        let id = Uuid::new_v4().simple().to_string();
        let exchange = format!("test.{id}.events");
        let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
        channel
            .exchange_declare(exchange.as_str().into(), ExchangeKind::Topic, options, FieldTable::default())
            .await
            .unwrap();
        Self {
            url,
            exchange,
            queue: format!("test.{id}.ingest"),
            dead_letter: format!("test.{id}.dead-letter"),
            channel,
            _connection: connection,
        }
    }

    /// Publishes a message as upstream's producers do, and waits until the broker has it in a queue.
    pub(crate) async fn publish(&self, routing_key: &str, body: &[u8]) {
        let properties = BasicProperties::default().with_content_type("application/json".into()).with_delivery_mode(2);
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let confirm = self
            .channel
            .basic_publish(self.exchange.as_str().into(), routing_key.into(), options, body, properties)
            .await
            .unwrap()
            .await
            .unwrap();
        assert!(confirm.is_ack() && confirm.take_message().is_none(), "a queue takes {routing_key}");
    }

    /// `host:port` of the server.
    pub(crate) fn address(&self) -> &str {
        let authority = self.url.split_once("://").unwrap().1.split('/').next().unwrap();
        authority.rsplit_once('@').map_or(authority, |(_, address)| address)
    }

    /// A queue of somebody else on the same exchange. It goes with the connection.
    pub(crate) async fn listen(&self) -> Consumer {
        self.listen_to(&self.exchange).await
    }

    /// Another exchange, of a name of its own, for as long as somebody is bound to it.
    pub(crate) async fn another_exchange(&self) -> String {
        let name = format!("test.{}.replay", Uuid::new_v4().simple());
        let options = ExchangeDeclareOptions { auto_delete: true, ..ExchangeDeclareOptions::default() };
        let declaring =
            self.channel.exchange_declare(name.as_str().into(), ExchangeKind::Topic, options, FieldTable::default());
        declaring.await.unwrap();
        name
    }

    /// A queue of somebody else on an exchange.
    pub(crate) async fn listen_to(&self, exchange: &str) -> Consumer {
        let options = QueueDeclareOptions { exclusive: true, ..QueueDeclareOptions::default() };
        let queue = self.channel.queue_declare("".into(), options, FieldTable::default()).await.unwrap();
        let (queue, exchange) = (queue.name().clone(), exchange.into());
        let (options, arguments) = (QueueBindOptions::default(), FieldTable::default());
        self.channel.queue_bind(queue.clone(), exchange, "#".into(), options, arguments).await.unwrap();
        let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
        self.channel.basic_consume(queue, "".into(), options, FieldTable::default()).await.unwrap()
    }

    /// Waits until the server has bound its queue; what is published before that goes nowhere.
    pub(crate) async fn wait_for_queue(&self) {
        let waited = tokio::time::timeout(DEADLINE, async {
            // A passive declaration of a queue that is not there closes its channel, so each try has one of its own.
            while !self.is_consumed().await {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        });
        waited.await.expect("the server binds its queue in time");
    }

    async fn is_consumed(&self) -> bool {
        let connection = Connection::connect(&self.url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        let options = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let there = channel.queue_declare(self.queue.as_str().into(), options, FieldTable::default()).await;
        there.is_ok_and(|queue| queue.consumer_count() > 0)
    }

    /// Removes what the test has made.
    pub(crate) async fn clean_up(self) {
        for queue in [&self.queue, &self.dead_letter] {
            let _ = self.channel.queue_delete(queue.as_str().into(), QueueDeleteOptions::default()).await;
        }
        for exchange in [&self.exchange, &self.dead_letter] {
            let _ = self.channel.exchange_delete(exchange.as_str().into(), ExchangeDeleteOptions::default()).await;
        }
    }
}
