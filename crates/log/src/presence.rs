//! A node's sign of life, so that others can list it.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::Timestamp;
use god33_domain::ports::{Bus, BusState, Clock, NodeSign, Store};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Tail;
use crate::duty::{pause, warn};

/// How often a node gives its sign.
const EVERY: Duration = Duration::from_secs(5);

/// How long a node that gives no sign is still taken for one, in seconds.
const PATIENCE_SECONDS: i64 = 30;

/// Tells the store that this node lives.
pub struct Presence {
    /// Where the signs are kept.
    pub store: Arc<dyn Store>,
    /// What the node follows the log with.
    pub tail: Tail,
    /// What it takes messages from.
    pub bus: Arc<dyn Bus>,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
    /// This run of the server.
    pub node: Uuid,
    /// Its version.
    pub version: &'static str,
    /// When it started.
    pub started_at: Timestamp,
    /// Ends it.
    pub stop: CancellationToken,
}

impl Presence {
    /// Gives signs until it is told to stop, and then takes the node off the list.
    pub async fn run(self) {
        while !self.stop.is_cancelled() {
            if let Err(error) = self.store.keep_node(&self.sign()).await {
                warn(&error, "the node could not give its sign of life");
            }
            pause(&self.stop, EVERY).await;
        }
        if let Err(error) = self.store.forget_node(self.node).await {
            warn(&error, "the node could not take itself off the list: it stays there for half a minute");
        }
    }

    fn sign(&self) -> NodeSign {
        NodeSign {
            node_id: self.node,
            version: self.version.to_owned(),
            started_at: self.started_at,
            last_seen_at: self.clock.now(),
            ingests: self.bus.state() == BusState::Up && !self.bus.report().queue.is_empty(),
            tail: self.tail.head(),
        }
    }
}

/// Since when a node must have been seen to be taken for one that lives.
pub fn alive_since(now: Timestamp) -> Timestamp {
    Timestamp::from_micros(now.micros().saturating_sub(PATIENCE_SECONDS * 1_000_000))
}
