//! Publishes events and counts what the broker confirmed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use god33_domain::ports::OutboundMessage;
use lapin::{Channel, ConnectionStatus};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::confirmed::{self, Outcome};
use super::connect::{Broker, Channels};
use super::error::AmqpError;
use super::outlook::Way;
use super::supervisor::Work;
use super::{AmqpConfig, Shared};
use crate::counters::Counters;
use crate::wire;

/// Offers a way out over each connection.
pub struct Outgoing(pub Arc<Shared>);

impl Work for Outgoing {
    const WAY: Way = Way::Out;

    async fn work(&mut self, broker: &Broker, up: impl FnOnce() + Send) -> Result<(), AmqpError> {
        let publisher = Arc::new(Publisher::new(broker, &self.0.config, self.0.store_id).await?);
        self.0.outlook.show_publisher(Arc::clone(&publisher));
        up();
        tokio::select! {
            () = self.0.stop.cancelled() => Ok(()),
            error = publisher.failed() => Err(error),
        }
    }
}

/// How often the connection is looked at, since a channel that nobody uses does not say that it is gone.
const LOOK: Duration = Duration::from_millis(100);

/// The way out of one connection. It breaks with the first error, and then the connection is made anew.
pub struct Publisher {
    channel: Channel,
    channels: Channels,
    connection: ConnectionStatus,
    exchange: String,
    store_id: Uuid,
    timeout: Duration,
    broken: CancellationToken,
    reason: Mutex<Option<AmqpError>>,
}

impl Publisher {
    /// Opens a channel and puts it into confirm mode.
    async fn new(broker: &Broker, config: &AmqpConfig, store_id: Uuid) -> Result<Self, AmqpError> {
        let (channel, timeout) = (broker.channel().await?, config.operation_timeout());
        confirmed::select(&channel, timeout).await?;
        Ok(Self {
            channel,
            channels: broker.channels(),
            connection: broker.status(),
            exchange: config.exchange.clone(),
            store_id,
            timeout,
            broken: CancellationToken::new(),
            reason: Mutex::new(None),
        })
    }

    /// True while the broker takes nothing because it is short of memory or disk.
    pub fn is_blocked(&self) -> bool {
        self.connection.blocked()
    }

    /// Waits until publishing has failed, or the connection is gone.
    async fn failed(&self) -> AmqpError {
        while self.channel.status().connected() {
            if tokio::time::timeout(LOOK, self.broken.cancelled()).await.is_ok() {
                break;
            }
        }
        let reason = self.reason.lock().unwrap_or_else(PoisonError::into_inner).take();
        reason.unwrap_or_else(|| AmqpError::NotConnected { reason: "the connection was lost".into() })
    }

    /// Publishes in order and waits for the confirms. Answers with how many messages, from the first on, are confirmed, and
    /// why there are no more.
    pub async fn publish(&self, messages: &[OutboundMessage], counters: &Counters) -> (usize, Option<AmqpError>) {
        if self.is_blocked() {
            return (0, Some(AmqpError::Blocked));
        }
        let messages = messages.iter().map(|message| wire::outgoing(message, self.store_id, &self.exchange));
        let Outcome { confirmed, unroutable, failure } =
            confirmed::publish(&self.channel, messages, self.timeout).await;
        counters.published.add(confirmed);
        counters.unroutable.add(unroutable);
        (confirmed, failure.map(|error| self.note(error)))
    }

    /// A channel of its own over the same connection: what goes wrong on it breaks nothing else.
    pub async fn another_channel(&self) -> Result<Channel, AmqpError> {
        self.channels.open().await
    }

    /// After anything but a refused message nobody knows what the channel is worth. A broker that is short of something answers
    /// nothing, but the connection is good, and a new one would be no better.
    fn note(&self, error: AmqpError) -> AmqpError {
        if matches!(error, AmqpError::Nacked) {
            return error;
        }
        if self.is_blocked() {
            return AmqpError::Blocked;
        }
        let told = AmqpError::NotConnected { reason: error.chain() };
        *self.reason.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        self.broken.cancel();
        told
    }
}
