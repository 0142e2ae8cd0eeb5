//! Gathers deliveries into batches.

use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use god33_domain::ports::Inbound;
use god33_domain::{Limits, Timestamp};
use lapin::message::Delivery;
use lapin::{Acker, Consumer};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::error::AmqpError;
use super::message::from_delivery;
use crate::{RawMessage, wire};

/// When a batch is done.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// It has this many messages,
    pub messages: usize,
    /// or this many bytes of bodies,
    pub bytes: usize,
    /// or this time has passed since its first message.
    pub wait: Duration,
    /// When nothing comes for this long, no further batch is gathered. `None` waits for ever.
    pub idle: Option<Duration>,
}

/// Messages that are brought to the log together, in the order of their delivery.
pub struct Batch {
    messages: Vec<(RawMessage, Timestamp)>,
    /// Acknowledges the last message, and with it all before.
    pub last: Acker,
}

impl Batch {
    /// How many messages.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Reads the messages, away from the threads that serve everybody.
    pub async fn read(self: Arc<Self>, store_id: Uuid, limits: Arc<Limits>) -> Result<Vec<Inbound>, AmqpError> {
        let read = move || {
            let messages = self.messages.iter();
            messages.map(|(message, at)| wire::incoming(message, *at, store_id, &limits)).collect()
        };
        tokio::task::spawn_blocking(read).await.map_err(AmqpError::Reader)
    }
}

/// The batches out of a consumer. Ends when it is told to stop, when nothing came for too long, or with the first error.
pub fn batches(
    consumer: Consumer,
    shape: Shape,
    stop: CancellationToken,
) -> impl Stream<Item = Result<Arc<Batch>, AmqpError>> {
    stream::unfold(Some((consumer, stop)), move |state| async move {
        let (mut consumer, stop) = state?;
        match next_batch(&mut consumer, shape, &stop).await {
            Ok(Some(batch)) => Some((Ok(Arc::new(batch)), Some((consumer, stop)))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    })
}

async fn next_batch(
    consumer: &mut Consumer,
    shape: Shape,
    stop: &CancellationToken,
) -> Result<Option<Batch>, AmqpError> {
    let first = tokio::select! {
        biased;
        () = stop.cancelled() => return Ok(None),
        first = first_delivery(consumer, shape.idle) => first?,
    };
    let Some(first) = first else { return Ok(None) };
    let mut batch = Batch { last: first.acker.clone(), messages: Vec::with_capacity(shape.messages) };
    let mut bytes = add(&mut batch, first);
    let end = Instant::now() + shape.wait;
    while batch.len() < shape.messages && bytes < shape.bytes {
        match timeout_at(end, consumer.next()).await {
            Ok(delivery) => bytes += add(&mut batch, delivered(delivery)?),
            Err(_) => break,
        }
    }
    Ok(Some(batch))
}

async fn first_delivery(consumer: &mut Consumer, idle: Option<Duration>) -> Result<Option<Delivery>, AmqpError> {
    let next = consumer.next();
    match idle {
        None => delivered(next.await).map(Some),
        Some(idle) => match timeout(idle, next).await {
            Ok(delivery) => delivered(delivery).map(Some),
            Err(_) => Ok(None),
        },
    }
}

fn delivered(delivery: Option<lapin::Result<Delivery>>) -> Result<Delivery, AmqpError> {
    match delivery {
        Some(Ok(delivery)) => Ok(delivery),
        Some(Err(source)) => Err(AmqpError::Refused { operation: "consume", source }),
        None => Err(AmqpError::ConsumerEnded),
    }
}

fn add(batch: &mut Batch, delivery: Delivery) -> usize {
    batch.last = delivery.acker.clone();
    batch.messages.push((from_delivery(delivery), Timestamp::now()));
    batch.messages.last().map_or(0, |(message, _)| message.body.len())
}
