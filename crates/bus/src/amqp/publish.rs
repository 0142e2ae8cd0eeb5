//! Publishes events and counts what the broker confirmed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use god33_domain::ports::OutboundMessage;
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::{Channel, Confirmation, ConnectionStatus, PublisherConfirm};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::connect::Broker;
use super::error::{AmqpError, within};
use super::message::{short, to_properties};
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
        within("turn on confirms", timeout, channel.confirm_select(ConfirmSelectOptions::default())).await?;
        Ok(Self {
            channel,
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
        let (mut confirmed, mut failure) = (0, None);
        let mut open = Vec::with_capacity(messages.len());
        for message in messages {
            match self.send(message).await {
                Ok(confirm) => open.push((message, confirm)),
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        let mut unbroken = true;
        for (message, confirm) in open {
            match self.confirm(message, confirm, counters).await {
                Ok(()) => confirmed += usize::from(unbroken),
                // The rest is waited for as well: lapin remembers confirms that nobody takes.
                Err(AmqpError::Nacked) => {
                    failure.get_or_insert(AmqpError::Nacked);
                }
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
            unbroken &= !matches!(failure, Some(AmqpError::Nacked));
        }
        counters.published.add(confirmed);
        (confirmed, failure.map(|error| self.note(error)))
    }

    async fn send(&self, message: &OutboundMessage) -> Result<PublisherConfirm, AmqpError> {
        let message = wire::outgoing(message, self.store_id, &self.exchange);
        // Checked where they were made; a name that AMQP cannot carry must not reach the channel in any case.
        let (exchange, key) = (short(&message.exchange), short(&message.routing_key));
        let (exchange, key) = (exchange.unwrap_or_default(), key.unwrap_or_default());
        let options = BasicPublishOptions { mandatory: true, ..Default::default() };
        let sending = self.channel.basic_publish(exchange, key, options, &message.body, to_properties(&message));
        within("publish", self.timeout, sending).await
    }

    async fn confirm(
        &self,
        message: &OutboundMessage,
        confirm: PublisherConfirm,
        counters: &Counters,
    ) -> Result<(), AmqpError> {
        match within("publish with a confirm", self.timeout, confirm).await? {
            Confirmation::Ack(None) => Ok(()),
            Confirmation::Ack(Some(_)) => {
                counters.unroutable.add(1);
                tracing::debug!(event_id = %message.id(), "no queue wants the event");
                Ok(())
            }
            Confirmation::Nack(_) | Confirmation::NotRequested => Err(AmqpError::Nacked),
        }
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
