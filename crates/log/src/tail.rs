//! The tail: every recorded event, in order, on every node.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use god33_domain::ports::{Store, StoreError, WakeUps};
use god33_domain::{Position, RecordedEvent};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use crate::LogConfig;
use crate::ring::{Ring, Slice};

/// How many events are read from the store at once.
const PAGE: usize = 500;

/// Follows the log. Cheap to clone.
#[derive(Clone)]
pub struct Tail {
    ring: Arc<RwLock<Ring>>,
    head: watch::Receiver<Position>,
}

/// The tail could not do it.
#[derive(Debug, thiserror::Error)]
pub enum TailError {
    /// The position was not reached in time.
    #[error("the log has not reached position {wanted}: it stands at {head}")]
    NotReached {
        /// What was waited for.
        wanted: Position,
        /// Where the log stands.
        head: Position,
    },
}

impl Tail {
    /// Starts to follow the log from its present head. `committed` brings what this node writes.
    pub(crate) async fn start(
        store: Arc<dyn Store>,
        config: &LogConfig,
        committed: mpsc::Receiver<Vec<Arc<RecordedEvent>>>,
        stop: CancellationToken,
    ) -> Result<(Self, tokio::task::JoinHandle<()>), StoreError> {
        let wake_ups = store.wake_ups().await?;
        let start = store.info().await?.head.position;
        let ring = Arc::new(RwLock::new(Ring::new(start, config.ring_events, config.ring_bytes)));
        let (announce, head) = watch::channel(start);
        let poll = Duration::from_millis(config.poll_ms.max(1));
        let follower = Follower { store, ring: ring.clone(), announce, committed, poll };
        let task = tokio::spawn(follower.run(wake_ups, stop));
        Ok((Self { ring, head }, task))
    }

    /// The newest position that the tail has seen.
    pub fn head(&self) -> Position {
        *self.head.borrow()
    }

    /// False when it has stopped: with its node, or because it found a gap in the log and would not skip it.
    pub fn is_following(&self) -> bool {
        self.head.has_changed().is_ok()
    }

    /// Waits until the log has reached a position.
    ///
    /// # Errors
    /// When it has not after `patience`.
    pub async fn wait_for(&self, wanted: Position, patience: Duration) -> Result<(), TailError> {
        let mut head = self.head.clone();
        let reached = tokio::time::timeout(patience, head.wait_for(|head| *head >= wanted)).await;
        match reached {
            Ok(Ok(_)) => Ok(()),
            _ => Err(TailError::NotReached { wanted, head: self.head() }),
        }
    }

    /// A receiver that changes whenever the head moves.
    pub(crate) fn watch(&self) -> watch::Receiver<Position> {
        self.head.clone()
    }

    pub(crate) fn after(&self, position: Position, limit: usize) -> Slice {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).after(position, limit)
    }
}

struct Follower {
    store: Arc<dyn Store>,
    ring: Arc<RwLock<Ring>>,
    announce: watch::Sender<Position>,
    committed: mpsc::Receiver<Vec<Arc<RecordedEvent>>>,
    poll: Duration,
}

impl Follower {
    async fn run(mut self, mut wake_ups: Box<dyn WakeUps>, stop: CancellationToken) {
        let mut poll = tokio::time::interval(self.poll);
        poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let healthy = tokio::select! {
                () = stop.cancelled() => return,
                batch = self.committed.recv() => match batch {
                    Some(events) => self.take(events).await,
                    None => return,
                },
                () = wake_ups.next() => self.catch_up().await,
                _ = poll.tick() => self.catch_up().await,
            };
            if !healthy {
                return;
            }
        }
    }

    /// Takes what this node committed. Events of other nodes that lie before it are read first.
    async fn take(&mut self, events: Vec<Arc<RecordedEvent>>) -> bool {
        let next = self.head().next();
        if events.first().is_some_and(|first| first.position > next) && !self.catch_up().await {
            return false;
        }
        self.push(events)
    }

    /// Reads from the store whatever is newer. A store that cannot be reached is tried again at the next poll.
    async fn catch_up(&mut self) -> bool {
        loop {
            match self.store.read_after(self.head(), PAGE).await {
                Ok(events) if events.is_empty() => return true,
                Ok(events) => {
                    if !self.push(events.into_iter().map(Arc::new).collect()) {
                        return false;
                    }
                }
                Err(error) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "the tail could not read the log: it will try again"
                    );
                    return true;
                }
            }
        }
    }

    /// Adds events that follow the head; older ones were added before. A gap is a defect: then the tail stops rather than skip.
    fn push(&mut self, events: Vec<Arc<RecordedEvent>>) -> bool {
        let head = self.head();
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        for event in events.into_iter().filter(|event| event.position > head) {
            let position = event.position;
            if !ring.push(event) {
                tracing::error!(expected = %ring.head().next(), found = %position, "the log has a gap: this tail stops");
                return false;
            }
        }
        let head = ring.head();
        drop(ring);
        self.announce.send_if_modified(|announced| {
            let moved = *announced != head;
            *announced = head;
            moved
        });
        true
    }

    fn head(&self) -> Position {
        *self.announce.borrow()
    }
}
