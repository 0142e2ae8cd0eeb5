//! A plain AMQP client, as any program of the estate is one.

use lapin::options::{
    BasicPublishOptions, ConfirmSelectOptions, ExchangeDeclareOptions, ExchangeDeleteOptions, QueueDeleteOptions,
};
use lapin::types::FieldTable;
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, ExchangeKind};
use uuid::Uuid;

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
