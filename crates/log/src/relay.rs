//! The relay: the log is the outbox. It reads the log from its cursor, publishes, and moves the cursor to the highest position up to
//! which the bus has confirmed everything. One node relays at a time, under a lease.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Bus, OutboundMessage, Store};
use god33_domain::{Position, RecordedEvent};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Tail;
use crate::duty::{Duty, Tenure, pause, warn};
use crate::ring::Slice;

/// The name of the relay's lease and cursor.
pub const RELAY: &str = "relay";

/// How the relay goes about its work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RelayConfig {
    /// The most events published at once. Default 256.
    pub batch_events: usize,
    /// How long a node that died keeps others from taking over, in milliseconds. Default 3,000.
    pub lease_ms: u64,
}

impl Default for RelayConfig {
    fn default() -> Self {
        Self { batch_events: 256, lease_ms: 3_000 }
    }
}

/// The relay of one node.
pub struct Relay {
    store: Arc<dyn Store>,
    bus: Arc<dyn Bus>,
    tail: Tail,
    config: RelayConfig,
    node: Uuid,
    stop: CancellationToken,
}

/// The lease is no longer this node's.
struct Lost;

/// How far the relay came since it took the lease.
struct Progress {
    /// The mark of this tenure.
    token: u64,
    /// Everything up to here was published or is not to be.
    done: Position,
    /// What the store knows of it.
    saved: Position,
}

impl Relay {
    /// A relay for this node, which `node` names.
    pub fn new(
        store: Arc<dyn Store>,
        bus: Arc<dyn Bus>,
        tail: Tail,
        config: RelayConfig,
        node: Uuid,
        stop: CancellationToken,
    ) -> Self {
        Self { store, bus, tail, config, node, stop }
    }

    /// Relays until it is told to stop, whenever this node can get the lease.
    pub async fn run(self) {
        let (store, lease_ms) = (self.store.clone(), self.config.lease_ms);
        let mut duty = Duty::new(store, RELAY, self.node, lease_ms, self.stop.clone());
        while let Some(tenure) = duty.begin().await {
            self.relay_under(tenure).await;
        }
    }

    async fn relay_under(&self, mut tenure: Tenure<'_>) {
        let from = match self.store.cursor(RELAY).await {
            Ok(from) => from,
            Err(error) => return warn(&error, "the relay could not read its cursor"),
        };
        let mut progress = Progress { token: tenure.token(), done: from, saved: from };
        let mut head = self.tail.watch();
        while tenure.goes_on().await {
            match self.step(&mut progress).await {
                Ok(true) => {}
                Ok(false) => {
                    // At the head: wait for more, but not longer than the lease allows.
                    tokio::select! {
                        _ = head.changed() => {}
                        () = tenure.pause(Duration::MAX) => {}
                    }
                }
                Err(Lost) => return,
            }
        }
    }

    /// Publishes the next batch. False when there is none.
    async fn step(&self, progress: &mut Progress) -> Result<bool, Lost> {
        let events = self.next_events(progress.done).await?;
        let Some(last) = events.last().map(|event| event.position) else {
            self.save(progress).await?;
            return Ok(false);
        };
        let messages: Vec<OutboundMessage> =
            events.into_iter().filter(|event| event.bus.is_none()).map(|event| OutboundMessage { event }).collect();
        let confirmed = self.publish(&messages).await?;
        progress.done = messages.get(confirmed).map_or(last, |first_open| first_open.position().previous());
        // Events that came from the bus move the relay on without a write of their own.
        if confirmed > 0 || progress.done.get() - progress.saved.get() >= 1_000 {
            self.save(progress).await?;
        }
        Ok(true)
    }

    async fn next_events(&self, after: Position) -> Result<Vec<Arc<RecordedEvent>>, Lost> {
        match self.tail.after(after, self.config.batch_events) {
            Slice::Events(events) => Ok(events),
            Slice::AtHead => Ok(Vec::new()),
            Slice::TooOld => match self.store.read_after(after, self.config.batch_events).await {
                Ok(events) => Ok(events.into_iter().map(Arc::new).collect()),
                Err(error) => {
                    warn(&error, "the relay could not read the log");
                    Err(Lost)
                }
            },
        }
    }

    /// How many of the messages, from the first on, the bus has confirmed.
    async fn publish(&self, messages: &[OutboundMessage]) -> Result<usize, Lost> {
        if messages.is_empty() {
            return Ok(0);
        }
        match self.bus.publish(messages).await {
            Ok(confirmed) => Ok(confirmed),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the relay could not publish: it will try again"
                );
                pause(&self.stop, Duration::from_millis(500)).await;
                Ok(0)
            }
        }
    }

    async fn save(&self, progress: &mut Progress) -> Result<(), Lost> {
        if progress.done <= progress.saved {
            return Ok(());
        }
        match self.store.advance_cursor(RELAY, progress.done, progress.token).await {
            Ok(true) => {
                progress.saved = progress.done;
                Ok(())
            }
            Ok(false) => Err(Lost),
            Err(error) => {
                warn(&error, "the relay could not save its cursor: some events will be published again");
                Err(Lost)
            }
        }
    }
}
