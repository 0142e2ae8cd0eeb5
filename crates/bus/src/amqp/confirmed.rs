//! Publishes over a channel and counts what the broker confirmed.

use std::time::Duration;

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::{Channel, Confirmation, PublisherConfirm};

use super::error::{AmqpError, within};
use super::message::{short, to_properties};
use crate::RawMessage;

/// What became of messages.
#[derive(Default)]
pub struct Outcome {
    /// How many of them, from the first on, are confirmed.
    pub confirmed: usize,
    /// How many no queue wanted.
    pub unroutable: usize,
    /// Why there are no more.
    pub failure: Option<AmqpError>,
}

/// Puts a channel into confirm mode.
pub async fn select(channel: &Channel, timeout: Duration) -> Result<(), AmqpError> {
    within("turn on confirms", timeout, channel.confirm_select(ConfirmSelectOptions::default())).await
}

/// Publishes in order and waits for the confirms.
pub async fn publish(channel: &Channel, messages: impl Iterator<Item = RawMessage>, timeout: Duration) -> Outcome {
    let mut outcome = Outcome::default();
    let mut open = Vec::with_capacity(messages.size_hint().0);
    for message in messages {
        match send(channel, &message, timeout).await {
            Ok(confirm) => open.push((message.message_id, confirm)),
            Err(error) => {
                outcome.failure = Some(error);
                break;
            }
        }
    }
    let mut unbroken = true;
    for (message_id, confirm) in open {
        match confirmed(confirm, timeout).await {
            Ok(is_routed) => {
                outcome.confirmed += usize::from(unbroken);
                if !is_routed {
                    outcome.unroutable += 1;
                    tracing::debug!(message_id, "no queue wants the event");
                }
            }
            // The rest is waited for as well: lapin remembers confirms that nobody takes.
            Err(AmqpError::Nacked) => {
                unbroken = false;
                outcome.failure.get_or_insert(AmqpError::Nacked);
            }
            Err(error) => {
                outcome.failure = Some(error);
                break;
            }
        }
    }
    outcome
}

async fn send(channel: &Channel, message: &RawMessage, timeout: Duration) -> Result<PublisherConfirm, AmqpError> {
    // Checked where they were made; a name that AMQP cannot carry must not reach the channel in any case.
    let (exchange, key) = (short(&message.exchange), short(&message.routing_key));
    let (exchange, key) = (exchange.unwrap_or_default(), key.unwrap_or_default());
    let options = BasicPublishOptions { mandatory: true, ..Default::default() };
    let sending = channel.basic_publish(exchange, key, options, &message.body, to_properties(message));
    within("publish", timeout, sending).await
}

/// False for a message that no queue wanted.
async fn confirmed(confirm: PublisherConfirm, timeout: Duration) -> Result<bool, AmqpError> {
    match within("publish with a confirm", timeout, confirm).await? {
        Confirmation::Ack(returned) => Ok(returned.is_none()),
        Confirmation::Nack(_) | Confirmation::NotRequested => Err(AmqpError::Nacked),
    }
}
