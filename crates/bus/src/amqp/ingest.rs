//! Brings what the queue holds into the log.
//!
//! A batch is acknowledged when the inbox has it, and not before. While the inbox fails, the batch is held and brought again, so
//! nothing goes back to the queue, where it would be delivered again at once. When the connection is lost meanwhile, the next one
//! first brings the batch that was held: as long as the store is away, no delivery is spent on it.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use god33_domain::Limits;
use god33_domain::ports::{BusState, Inbound, Inbox};
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::FieldTable;
use lapin::{Channel, Consumer};

use super::Shared;
use super::batch::{Batch, Shape, batches};
use super::connect::Broker;
use super::error::{AmqpError, within};
use super::outlook::Way;
use super::retry::Retry;
use super::supervisor::Work;
use crate::wire;

/// The way in. Lives longer than a connection.
pub struct Ingest {
    shared: Arc<Shared>,
    inbox: Arc<dyn Inbox>,
    limits: Arc<Limits>,
    /// The batch that the inbox has not taken yet.
    held: Option<Arc<Batch>>,
    /// Messages were on their way here when the last connection was lost, and each of them counts as delivered. One at a time, so that a
    /// message that breaks connections, or connections that break one after the other, spend the deliveries of no other.
    careful: bool,
    /// The broker sends messages on this connection.
    consuming: bool,
}

/// How long a careful consumer waits for more before it takes the danger for gone.
const CALM: Duration = Duration::from_secs(1);

impl Work for Ingest {
    const WAY: Way = Way::In;

    async fn work(&mut self, broker: &Broker, up: impl FnOnce() + Send) -> Result<(), AmqpError> {
        let channel = broker.channel().await?;
        self.bring_held().await?;
        let consumer = self.consume(&channel).await?;
        self.consuming = true;
        self.shared.outlook.show(Way::In, BusState::Up);
        up();
        self.run(&channel, consumer).await
    }

    fn ended(&mut self, error: &AmqpError) {
        if error.is_poison() {
            tracing::warn!("a message broke the connection: messages are taken one by one until it is out of the way");
        }
        self.careful |= error.is_poison() || self.consuming;
        self.consuming = false;
    }
}

impl Ingest {
    /// Nothing is held, nothing to be careful about.
    pub fn new(shared: Arc<Shared>, inbox: Arc<dyn Inbox>, limits: Limits) -> Self {
        Self { shared, inbox, limits: Arc::new(limits), held: None, careful: false, consuming: false }
    }

    /// Starts the consumer.
    async fn consume(&self, channel: &Channel) -> Result<Consumer, AmqpError> {
        let timeout = self.shared.config.operation_timeout();
        let prefetch = if self.careful { 1 } else { self.shared.config.prefetch };
        within("set the prefetch", timeout, channel.basic_qos(prefetch, BasicQosOptions::default())).await?;
        let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
        let consuming = channel.basic_consume(self.shared.config.queue.as_str().into(), "".into(), options, arguments);
        within("consume the queue", timeout, consuming).await
    }

    /// Brings the batch that was held when the last connection ended. It comes again from the queue, and is known then.
    async fn bring_held(&mut self) -> Result<(), AmqpError> {
        if let Some(batch) = self.held.clone() {
            let reason = "connected, and waiting for the store to take what came before".into();
            self.shared.outlook.show(Way::In, BusState::Down { reason });
            self.bring(&batch, || true).await?;
        }
        Ok(())
    }

    /// Brings batch after batch until it is told to stop. A careful consumer also ends when it has come far enough.
    async fn run(&mut self, channel: &Channel, consumer: Consumer) -> Result<(), AmqpError> {
        let mut quota = if self.careful { usize::from(self.shared.config.prefetch) } else { usize::MAX };
        let (store_id, limits) = (self.shared.store_id, Arc::clone(&self.limits));
        let batches = batches(consumer, self.shape(), self.shared.stop.clone()).map(move |batch| {
            let limits = Arc::clone(&limits);
            async move {
                let batch = batch?;
                let inbound = Arc::clone(&batch).read(store_id, limits).await?;
                Ok::<_, AmqpError>((batch, inbound))
            }
        });
        // The next batch is read while the log takes this one; a careful consumer takes one step after the other.
        let mut batches = std::pin::pin!(batches.buffered(if self.careful { 1 } else { 2 }));
        while quota > 0
            && let Some(read) = batches.next().await
        {
            let (batch, inbound) = read?;
            let taken_in = wire::taken_in(&inbound);
            self.held = Some(Arc::clone(&batch));
            if !self.bring_read(&batch, inbound, || channel.status().connected()).await? {
                return Ok(());
            }
            let acknowledging = batch.last.ack(BasicAckOptions { multiple: true });
            within("acknowledge", self.shared.config.operation_timeout(), acknowledging).await?;
            self.shared.counters.ingested.add(taken_in);
            quota = quota.saturating_sub(batch.len());
        }
        self.careful = false;
        Ok(())
    }

    fn shape(&self) -> Shape {
        let wait = Duration::from_millis(self.shared.config.batch_wait_ms);
        let (messages, idle) = if self.careful { (1, Some(CALM)) } else { (self.shared.config.batch_messages, None) };
        Shape { messages, bytes: self.limits.batch_bytes, wait, idle }
    }

    async fn bring(&mut self, batch: &Arc<Batch>, alive: impl Fn() -> bool) -> Result<bool, AmqpError> {
        let inbound = Arc::clone(batch).read(self.shared.store_id, Arc::clone(&self.limits)).await?;
        self.bring_read(batch, inbound, alive).await
    }

    /// Brings a batch until the inbox has it. False when it was told to stop before.
    async fn bring_read(
        &mut self,
        batch: &Arc<Batch>,
        mut inbound: Vec<Inbound>,
        alive: impl Fn() -> bool,
    ) -> Result<bool, AmqpError> {
        let mut retry = Retry::new(&self.shared.config);
        loop {
            let received = inbound.len();
            let Err(error) = self.inbox.receive(inbound).await else {
                self.held = None;
                return Ok(true);
            };
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                messages = received,
                "messages from the bus could not be stored: they are held and tried again"
            );
            tokio::select! {
                () = self.shared.stop.cancelled() => return Ok(false),
                () = tokio::time::sleep(retry.failed()) => {}
            }
            if !alive() {
                return Err(AmqpError::NotConnected {
                    reason: "the connection was lost while messages were held".into(),
                });
            }
            inbound = Arc::clone(batch).read(self.shared.store_id, Arc::clone(&self.limits)).await?;
        }
    }
}
