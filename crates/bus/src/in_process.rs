//! The bus of the embedded mode: everybody is in the same process.

use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::ports::{
    Bus, BusError, BusReport, BusState, Exchange, Inbox, NoExchange, OutboundMessage, StoreError,
};
use god33_domain::{Limits, NewEvent, QuarantinedMessage, Timestamp};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use crate::counters::Counters;
use crate::topic::TopicPattern;
use crate::{RawMessage, wire};

/// The name of the exchange that messages seem to travel through.
const EXCHANGE: &str = "bloodbank.events.v1";

/// How many messages a subscriber may be behind before it misses some.
const BACKLOG: usize = 4_096;

/// A bus without a broker. What is published is confirmed at once and goes to the subscribers of this process; what is injected
/// goes the way of a broker's delivery.
pub struct InProcessBus {
    store_id: Uuid,
    inbox: Arc<dyn Inbox>,
    limits: Limits,
    messages: broadcast::Sender<Arc<RawMessage>>,
    counters: Counters,
    since: Timestamp,
}

impl InProcessBus {
    /// A bus for the store of this id, which brings what is injected to this inbox.
    pub fn new(store_id: Uuid, inbox: Arc<dyn Inbox>, limits: Limits) -> Self {
        let (messages, counters) = (broadcast::Sender::new(BACKLOG), Counters::default());
        Self { store_id, inbox, limits, messages, counters, since: Timestamp::now() }
    }

    /// Listens to the messages whose routing key a binding key takes (`agent.*.checkpoint.saved`, `#`), from now on.
    pub fn subscribe(&self, binding_key: &str) -> Subscription {
        Subscription { pattern: TopicPattern::new(binding_key), messages: self.messages.subscribe() }
    }

    /// Brings a message in, as if a broker had delivered it: it is read, and is an event or in quarantine when this answers.
    ///
    /// # Errors
    /// When the store cannot be reached. Nothing is lost: inject it again.
    pub async fn inject(&self, message: &RawMessage) -> Result<(), StoreError> {
        let batch = vec![wire::incoming(message, Timestamp::now(), self.store_id, &self.limits)];
        let taken_in = wire::taken_in(&batch);
        self.inbox.receive(batch).await?;
        self.counters.ingested.add(taken_in);
        Ok(())
    }
}

#[async_trait]
impl Bus for InProcessBus {
    async fn publish(&self, messages: &[OutboundMessage]) -> Result<usize, BusError> {
        for message in messages {
            let listeners = self.messages.send(Arc::new(wire::outgoing(message, self.store_id, EXCHANGE)));
            self.counters.unroutable.add(usize::from(listeners.is_err()));
        }
        self.counters.published.add(messages.len());
        Ok(messages.len())
    }

    async fn open_exchange(&self, _name: &str) -> Result<Box<dyn Exchange>, NoExchange> {
        Err(NoExchange::NoBroker)
    }

    fn is_live(&self, exchange: &str) -> bool {
        exchange == EXCHANGE
    }

    fn read_again(&self, message: &QuarantinedMessage) -> Result<Box<NewEvent>, Box<QuarantinedMessage>> {
        wire::again(message, &self.limits)
    }

    fn state(&self) -> BusState {
        BusState::Up
    }

    fn report(&self) -> BusReport {
        BusReport {
            kind: "in-process",
            since: self.since,
            exchange: EXCHANGE.to_owned(),
            queue: String::new(),
            ingested: self.counters.ingested.get(),
            published: self.counters.published.get(),
            unroutable: self.counters.unroutable.get(),
            reconnects: 0,
        }
    }
}

/// Somebody who listens to an [`InProcessBus`].
#[derive(Debug)]
pub struct Subscription {
    pattern: TopicPattern,
    messages: broadcast::Receiver<Arc<RawMessage>>,
}

/// Why a subscription has no message to give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Interruption {
    /// The listener was too slow. The next message is the oldest still there.
    #[error("{0} messages were missed: read faster")]
    Missed(u64),
    /// The bus is gone.
    #[error("the bus is gone")]
    Ended,
}

impl Subscription {
    /// Waits for the next message.
    ///
    /// # Errors
    /// When messages were missed, or none will come any more.
    pub async fn next(&mut self) -> Result<Arc<RawMessage>, Interruption> {
        loop {
            match self.messages.recv().await {
                Ok(message) if self.pattern.matches(&message.routing_key) => return Ok(message),
                Ok(_) => {}
                Err(RecvError::Lagged(missed)) => return Err(Interruption::Missed(missed)),
                Err(RecvError::Closed) => return Err(Interruption::Ended),
            }
        }
    }
}
