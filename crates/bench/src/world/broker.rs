//! An exchange and queues on the broker that are a node's own.

use anyhow::{Context as _, Result};
use lapin::options::{ExchangeDeleteOptions, QueueDeleteOptions};
use lapin::{Connection, ConnectionProperties};
use uuid::Uuid;

/// Where a node publishes, and what it takes.
pub(crate) struct Broker {
    url: String,
    exchange: String,
    queue: String,
    dead_letter: String,
}

impl Broker {
    /// Names on the broker of `AMQP_URL`. The node makes what they stand for.
    pub(super) fn find() -> Result<Self> {
        let url = std::env::var("AMQP_URL").context(
            "AMQP_URL is not set, and a server on PostgreSQL needs RabbitMQ: run `cargo xtask bench`, which starts one",
        )?;
        let own = format!("god33.bench.{}", Uuid::new_v4().simple());
        let name = |what: &str| format!("{own}.{what}");
        Ok(Self { url, exchange: name("events"), queue: name("ingest"), dead_letter: name("dead-letter") })
    }

    /// How a server is told.
    pub(super) fn environment(&self) -> [(&'static str, &str); 4] {
        [
            ("GOD33_BUS__AMQP_URL", &self.url),
            ("GOD33_BUS__EXCHANGE", &self.exchange),
            ("GOD33_BUS__QUEUE", &self.queue),
            ("GOD33_BUS__DEAD_LETTER", &self.dead_letter),
        ]
    }

    /// Removes what the node has made.
    pub(super) async fn clear(&self) -> Result<()> {
        let doing = "could not remove what the server made on the broker";
        let connection = Connection::connect(&self.url, ConnectionProperties::default()).await.context(doing)?;
        let channel = connection.create_channel().await.context(doing)?;
        for queue in [&self.queue, &self.dead_letter] {
            channel.queue_delete(queue.as_str().into(), QueueDeleteOptions::default()).await.context(doing)?;
        }
        for exchange in [&self.exchange, &self.dead_letter] {
            channel.exchange_delete(exchange.as_str().into(), ExchangeDeleteOptions::default()).await.context(doing)?;
        }
        connection.close(200, "done".into()).await.context(doing)
    }
}
