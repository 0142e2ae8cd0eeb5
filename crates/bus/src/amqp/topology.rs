//! The exchanges and queues that god33 needs.

use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{Channel, ExchangeKind};

use super::AmqpConfig;
use super::error::{AmqpError, within};

/// How often a message that broke the connection is delivered again before it goes to the dead-letter queue.
const DELIVERY_LIMIT: i32 = 3;

/// Declares everything. What is there already is left as it is.
///
/// # Errors
/// Also when something of the same name is there with other arguments: the broker's text says what differs.
pub async fn declare(channel: &Channel, config: &AmqpConfig) -> Result<(), AmqpError> {
    let topology = Topology { channel, config };
    topology.exchange(&config.dead_letter, ExchangeKind::Fanout).await?;
    topology.queue(&config.dead_letter, quorum([])).await?;
    topology.bind(&config.dead_letter, &config.dead_letter).await?;
    let dead_letters = AMQPValue::LongString(config.dead_letter.as_str().into());
    let arguments = [
        ("x-delivery-limit", AMQPValue::LongInt(DELIVERY_LIMIT)),
        ("x-dead-letter-exchange", dead_letters),
        // A dead letter leaves the queue only when the dead-letter queue has it; the broker wants the second for the first.
        ("x-dead-letter-strategy", AMQPValue::LongString("at-least-once".into())),
        ("x-overflow", AMQPValue::LongString("reject-publish".into())),
    ];
    topology.queue(&config.queue, quorum(arguments)).await?;
    topology.exchange(&config.exchange, ExchangeKind::Topic).await?;
    topology.bind(&config.queue, &config.exchange).await?;
    for exchange in &config.also_from {
        if !exchange.starts_with("amq.") {
            topology.exchange(exchange, ExchangeKind::Topic).await?;
        }
        topology.bind(&config.queue, exchange).await?;
    }
    Ok(())
}

struct Topology<'a> {
    channel: &'a Channel,
    config: &'a AmqpConfig,
}

impl Topology<'_> {
    async fn exchange(&self, name: &str, kind: ExchangeKind) -> Result<(), AmqpError> {
        let options = ExchangeDeclareOptions { durable: true, ..Default::default() };
        let declaring = self.channel.exchange_declare(name.into(), kind, options, FieldTable::default());
        within("declare the exchange", self.config.operation_timeout(), declaring).await
    }

    async fn queue(&self, name: &str, arguments: FieldTable) -> Result<(), AmqpError> {
        let options = QueueDeclareOptions { durable: true, ..Default::default() };
        let declaring = self.channel.queue_declare(name.into(), options, arguments);
        within("declare the queue", self.config.operation_timeout(), declaring).await.map(drop)
    }

    async fn bind(&self, queue: &str, exchange: &str) -> Result<(), AmqpError> {
        let (options, arguments) = (QueueBindOptions::default(), FieldTable::default());
        let binding = self.channel.queue_bind(queue.into(), exchange.into(), "#".into(), options, arguments);
        within("bind the queue", self.config.operation_timeout(), binding).await
    }
}

fn quorum<const N: usize>(arguments: [(&'static str, AMQPValue); N]) -> FieldTable {
    let mut table = FieldTable::default();
    table.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    for (name, value) in arguments {
        table.insert(name.into(), value);
    }
    table
}
