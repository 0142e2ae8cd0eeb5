//! The consumers of durable subscriptions that are connected to this node.
//!
//! ```text
//! connect, settle ─► Desk (one task a group, as long as anybody asks) ─► store: group and deliveries, at one revision ─► consumers
//!       tail ────────────┘ reads ahead of the group's cursor
//! ```
//!
//! *Architecture invariant:* a desk owns nothing. What it decides (`god33_domain::subscription`) stands only when the store takes it at the
//! revision that it was decided on; so desks of one group on several nodes, or one that comes back after a pause, do no harm. Nothing is sent to
//! a consumer before it is committed.

mod ahead;
mod batch;
mod desk;
mod error;
mod stream;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use god33_domain::Position;
use god33_domain::ports::{Clock, Store};
use god33_domain::subscription::{Outcome, Settlement};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::Tail;
use batch::{Command, Joining};
use desk::Desk;
pub use error::ConsumeError;
pub use stream::{ConsumerStream, Delivered};

/// How many commands wait for a desk.
const COMMANDS: usize = 256;

/// How many deliveries wait for a consumer that reads slowly.
const BUFFER: usize = 64;

/// The desks of one node. Cheap to clone.
#[derive(Clone)]
pub struct Consumers {
    parts: Arc<Parts>,
}

/// What all desks share.
struct Parts {
    store: Arc<dyn Store>,
    tail: Tail,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    desks: Mutex<HashMap<String, mpsc::Sender<Command>>>,
    running: TaskTracker,
}

/// What became of settlements.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settled {
    /// One for each settlement, in their order.
    pub outcomes: Vec<Outcome>,
    /// Everything up to here is settled.
    pub position: Position,
}

impl Consumers {
    /// Without any desk yet. When `stop` is cancelled all consumers are disconnected.
    pub fn new(store: Arc<dyn Store>, tail: Tail, clock: Arc<dyn Clock>, stop: CancellationToken) -> Self {
        let parts = Parts { store, tail, clock, stop, desks: Mutex::default(), running: TaskTracker::new() };
        Self { parts: Arc::new(parts) }
    }

    /// Connects a consumer to a group. It takes over from whoever has its id.
    ///
    /// # Errors
    /// When there is no such group, or the store cannot be reached.
    pub async fn connect(
        &self,
        group: &str,
        consumer_id: String,
        max_in_flight: usize,
    ) -> Result<(ConsumerStream, Position), ConsumeError> {
        let (sender, deliveries) = mpsc::channel(BUFFER.min(max_in_flight.max(1)));
        let (answer, answered) = oneshot::channel();
        let connection = Uuid::new_v4();
        let joining = Joining { consumer_id, connection, max_in_flight, sender, answer };
        let desk = self.send(group, Command::Connect(Box::new(joining))).await?;
        let stream = ConsumerStream::new(deliveries, desk, connection);
        let position = answered.await.map_err(|_| ConsumeError::ShuttingDown)??;
        Ok((stream, position))
    }

    /// Takes what consumers say about deliveries, on whatever node they got them.
    ///
    /// # Errors
    /// When there is no such group, or the store cannot be reached. Settling again is safe.
    pub async fn settle(&self, group: &str, settlements: Vec<Settlement>) -> Result<Settled, ConsumeError> {
        let (answer, answered) = oneshot::channel();
        self.send(group, Command::Settle { settlements, answer }).await?;
        answered.await.map_err(|_| ConsumeError::ShuttingDown)?
    }

    /// Says that a group was changed by somebody else on this node, so that its consumers need not wait until that is found.
    pub fn look(&self, group: &str) {
        let desks = self.parts.desks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(desk) = desks.get(group) {
            // A desk that has too much to do looks anyway.
            let _ = desk.try_send(Command::Look);
        }
    }

    /// Waits until all desks are closed, after `stop` was cancelled.
    pub async fn closed(&self) {
        self.parts.running.close();
        self.parts.running.wait().await;
    }

    /// Sends a command to the desk of a group, which is opened for it where there is none.
    async fn send(&self, group: &str, command: Command) -> Result<mpsc::Sender<Command>, ConsumeError> {
        let mut command = command;
        // A desk may close between the moment when it is found and the one when it is asked; a new one does not at once.
        for _ in 0..5 {
            let desk = self.desk(group);
            match desk.send(command).await {
                Ok(()) => return Ok(desk),
                Err(mpsc::error::SendError(back)) => command = back,
            }
        }
        Err(ConsumeError::ShuttingDown)
    }

    fn desk(&self, group: &str) -> mpsc::Sender<Command> {
        let mut desks = self.parts.desks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(desk) = desks.get(group).filter(|desk| !desk.is_closed()) {
            return desk.clone();
        }
        let (sender, commands) = mpsc::channel(COMMANDS);
        desks.insert(group.to_owned(), sender.clone());
        let desk = Desk::new(self.parts.clone(), group.to_owned(), commands);
        self.parts.running.spawn(desk.run());
        sender
    }
}

impl Parts {
    /// Takes a desk off the list that is about to close. False when somebody has asked it meanwhile.
    fn close(&self, group: &str, commands: &mut mpsc::Receiver<Command>) -> bool {
        let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        if !commands.is_empty() {
            return false;
        }
        commands.close();
        desks.remove(group);
        true
    }
}
