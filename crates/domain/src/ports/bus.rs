//! The message bus.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;

use super::StoreError;
use crate::replay::ReplayId;
use crate::{EventId, NewEvent, Position, QuarantinedMessage, RecordedEvent, Timestamp};

/// Carries events to and from everybody who does not speak gRPC.
#[async_trait]
pub trait Bus: Send + Sync + 'static {
    /// Publishes events in order and waits until the bus has confirmed them. Answers with how many of them, from the first on,
    /// are confirmed: all, unless the bus failed in the middle.
    ///
    /// # Errors
    /// When nothing could be published. Publishing again is safe: consumers know repeats by the message id.
    async fn publish(&self, messages: &[OutboundMessage]) -> Result<usize, BusError>;

    /// Opens an exchange to replay events to. It is not declared: whoever wants the events makes it, and binds queues to it.
    ///
    /// # Errors
    /// When it is not there, or cannot be reached.
    async fn open_exchange(&self, name: &str) -> Result<Box<dyn Exchange>, NoExchange>;

    /// True for an exchange that running agents listen to: one that events are published to or taken from.
    fn is_live(&self, exchange: &str) -> bool;
    /// Reads a message out of quarantine as if it came in now.
    ///
    /// # Errors
    /// The message with what is wrong with it now, when it still cannot become an event.
    fn read_again(&self, message: &QuarantinedMessage) -> Result<Box<NewEvent>, Box<QuarantinedMessage>>;

    /// How it fares, truthfully.
    fn state(&self) -> BusState;

    /// What it is and has done so far, for status pages.
    fn report(&self) -> BusReport;
}

/// An event on its way out.
#[derive(Clone, Debug)]
pub struct OutboundMessage {
    /// The event.
    pub event: Arc<RecordedEvent>,
}

impl OutboundMessage {
    /// The event's id, which is the message's id.
    pub fn id(&self) -> EventId {
        self.event.id()
    }

    /// The event's position, which travels in a header.
    pub fn position(&self) -> Position {
        self.event.position
    }
}

/// An exchange that events are replayed to.
#[async_trait]
pub trait Exchange: Send + Sync {
    /// Publishes in order and waits until the bus has confirmed. Answers with how many messages, from the first on, are confirmed.
    ///
    /// # Errors
    /// When nothing could be published. The exchange is to be opened anew then.
    async fn publish(&self, messages: &[ReplayedMessage]) -> Result<usize, BusError>;
}

/// An event that is sent once more.
#[derive(Clone, Debug)]
pub struct ReplayedMessage {
    /// The replay, which a header names.
    pub replay_id: ReplayId,
    /// The event.
    pub event: Arc<RecordedEvent>,
    /// The body that it came in, when it came from the bus: that is sent again, byte for byte.
    pub original: Option<Bytes>,
}

/// Why an exchange cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum NoExchange {
    /// The broker has none of this name, or lets nobody in.
    #[error("the broker does not have the exchange: {0}")]
    NotThere(String),
    /// There is no broker in this mode.
    #[error("there are no exchanges without a broker")]
    NoBroker,
    /// The broker cannot be reached.
    #[error(transparent)]
    Away(#[from] BusError),
}

/// How the bus fares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BusState {
    /// Connected: messages come in and go out.
    Up,
    /// Not connected; trying again.
    Down {
        /// Why, for a person. Without credentials.
        reason: String,
    },
    /// Too many failures in a row: waiting before the next try.
    CircuitOpen {
        /// Why, for a person. Without credentials.
        reason: String,
    },
}

/// What a bus is and has done on this node since it started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BusReport {
    /// The kind of bus: `rabbitmq` or `in-process`.
    pub kind: &'static str,
    /// Since when it is in the state that it is in.
    pub since: Timestamp,
    /// The exchange that events are published to; empty where there is none.
    pub exchange: String,
    /// The queue that events are taken from; empty where there is none.
    pub queue: String,
    /// Messages that were taken in and acknowledged, those that say they come out of the own log not counted.
    pub ingested: u64,
    /// Events that were published and confirmed.
    pub published: u64,
    /// Published events that no queue wanted.
    pub unroutable: u64,
    /// How often a lost connection was made anew.
    pub reconnects: u64,
}

/// The bus could not do it now.
#[derive(Debug, thiserror::Error)]
#[error("the bus could not {operation}")]
pub struct BusError {
    /// What was tried.
    pub operation: &'static str,
    /// Why it failed.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// A message that came in.
#[derive(Clone, Debug)]
pub enum Inbound {
    /// It is an event.
    Event(Box<NewEvent>),
    /// It is an event that says it comes out of the own log: nearly always one that is recorded. Somebody may have copied the
    /// header onto an event of their own, and a store that was restored from a backup lacks what it published since.
    Echo(Box<NewEvent>),
    /// It cannot become one.
    Unreadable(QuarantinedMessage),
}

/// Takes what the bus brings.
#[async_trait]
pub trait Inbox: Send + Sync + 'static {
    /// Takes a batch. When it answers `Ok`, each message is committed to the log, known there already, or in quarantine: it may be
    /// acknowledged. An echo is known when its event id is recorded, whatever it says: what god33 publishes is written for
    /// upstream's readers, and need not have the digest of what was recorded.
    ///
    /// # Errors
    /// When the store cannot be reached. Nothing may be acknowledged, and the same batch is to be brought again.
    async fn receive(&self, batch: Vec<Inbound>) -> Result<(), StoreError>;
}
