//! A subscription: history, then what happens, in one stream.
//!
//! A subscriber reads from the tail's memory where that holds the next position, and pages from the store where it does not. So there is
//! no switch between the two at which an event could be missed or seen twice, and a slow subscriber costs nobody else anything:
//! when it falls out of the memory it reads pages again, and is told.

mod chain;
mod deliver;

use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Store, StoreError};
use god33_domain::{EventFilter, Limits, Position, RecordedEvent, Timestamp};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::Tail;
pub use chain::ChainMembers;
use deliver::Subscriber;

/// Where a subscription starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start {
    /// With the first event after this position.
    After(Position),
    /// With the first event recorded at this time or later.
    Since(Timestamp),
    /// With the first event that is kept.
    Beginning,
    /// With the next event to come.
    Now,
}

/// What a subscriber asks for.
#[derive(Clone, Debug)]
pub struct SubscribeRequest {
    /// Where to start.
    pub start: Start,
    /// Which events.
    pub filter: EventFilter,
    /// How long the stream may stay silent before it tells how far it has come.
    pub checkpoint_every: Duration,
}

/// One message of a subscription.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// An event that the filter chooses.
    Event(Arc<RecordedEvent>),
    /// All up to here was looked at, though nothing of late matched: resume from here.
    Checkpoint {
        /// Where to resume.
        position: Position,
        /// The newest position of the log.
        head: Position,
    },
    /// History is over; what follows happens now.
    CaughtUp {
        /// Where to resume.
        position: Position,
    },
    /// The subscriber was too slow for the memory: what follows is history again, without a gap.
    FellBehind {
        /// Where it goes on.
        position: Position,
        /// The newest position of the log.
        head: Position,
    },
}

/// Why a subscription ended.
#[derive(Debug, thiserror::Error)]
pub enum SubscribeError {
    /// The store could not be read.
    #[error("the subscription could not read the log after position {position}")]
    Store {
        /// Where to resume.
        position: Position,
        /// What happened.
        #[source]
        source: StoreError,
    },
    /// It was to start after the log's end.
    #[error("position {wanted} is not recorded yet: the log ends at {head}")]
    InFuture {
        /// Where it was to start.
        wanted: Position,
        /// The end of the log.
        head: Position,
    },
    /// The server stops.
    #[error("the server is shutting down: resume after position {position} on another node")]
    ShuttingDown {
        /// Where to resume.
        position: Position,
    },
}

/// What a subscriber reads. Dropping it ends the subscription.
pub struct Subscription {
    deliveries: mpsc::Receiver<Result<Delivery, SubscribeError>>,
}

/// How many deliveries wait for a slow subscriber.
const BUFFER: usize = 64;

impl Subscription {
    /// Opens a subscription. Runs until it is dropped, fails, or `stop` is cancelled.
    ///
    /// # Errors
    /// When it cannot start where it was asked to.
    pub async fn open(
        store: Arc<dyn Store>,
        tail: Tail,
        limits: &Limits,
        request: SubscribeRequest,
        stop: CancellationToken,
    ) -> Result<Self, SubscribeError> {
        let from = first_position(store.as_ref(), &tail, request.start).await?;
        let (sender, deliveries) = mpsc::channel(BUFFER);
        let subscriber = Subscriber::new(store, tail, limits, request, from, sender, stop);
        tokio::spawn(subscriber.run());
        Ok(Self { deliveries })
    }

    /// The next message; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Delivery, SubscribeError>> {
        self.deliveries.recv().await
    }

    /// The next message, when it is there already.
    pub fn try_next(&mut self) -> Option<Result<Delivery, SubscribeError>> {
        self.deliveries.try_recv().ok()
    }

    /// The messages as a channel, to be made a stream of.
    pub fn into_receiver(self) -> mpsc::Receiver<Result<Delivery, SubscribeError>> {
        self.deliveries
    }
}

/// The position after which a stream starts that this node serves from now on.
async fn first_position(store: &dyn Store, tail: &Tail, start: Start) -> Result<Position, SubscribeError> {
    match start {
        Start::Now => Ok(tail.head()),
        start => start.position(store).await,
    }
}

impl Start {
    /// The position after which it is, as the store knows it.
    ///
    /// # Errors
    /// It lies past the end of the log, or before its beginning, or the store cannot be read.
    pub async fn position(self, store: &dyn Store) -> Result<Position, SubscribeError> {
        position(store, self).await
    }
}

async fn position(store: &dyn Store, start: Start) -> Result<Position, SubscribeError> {
    let failed = |source| SubscribeError::Store { position: Position::START, source };
    match start {
        Start::Now => Ok(store.info().await.map_err(failed)?.head.position),
        Start::Beginning => Ok(store.info().await.map_err(failed)?.earliest.previous()),
        Start::Since(time) => {
            let info = store.info().await.map_err(failed)?;
            let before = store.position_before(time).await.map_err(failed)?;
            Ok(before.max(info.earliest.previous()))
        }
        Start::After(wanted) => {
            let info = store.info().await.map_err(failed)?;
            if wanted > info.head.position {
                return Err(SubscribeError::InFuture { wanted, head: info.head.position });
            }
            if wanted < info.earliest.previous() {
                return Err(failed(StoreError::Compacted { earliest: info.earliest }));
            }
            Ok(wanted)
        }
    }
}
