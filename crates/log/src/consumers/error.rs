//! Why a consumer is not served.

use std::sync::Arc;

use god33_domain::Position;
use god33_domain::ports::StoreError;
use god33_domain::subscription::MOST_CONSUMERS;

/// Why a consumer is not connected, or not any more, or its settlements were not taken.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ConsumeError {
    /// There is no such group, or it was deleted.
    #[error("no durable subscription {0} is known: create it first")]
    NotFound(String),
    /// The group has as many consumers as it may have.
    #[error(
        "the durable subscription has {MOST_CONSUMERS} consumers, which is the limit: disconnect one, or let one take more at once"
    )]
    TooMany,
    /// Another connection has the consumer's id now.
    #[error(
        "another connection took over from consumer {consumer_id}: drop what was delivered, and consume anew under an id of your own"
    )]
    Superseded {
        /// The consumer.
        consumer_id: String,
        /// The newest fencing token of the group.
        token: u64,
    },
    /// The node was silent for too long, and the others went on without it.
    #[error("this node was held up, and what consumer {consumer_id} had was given to others: consume anew")]
    Forgotten {
        /// The consumer.
        consumer_id: String,
    },
    /// Events that the group did not see are not kept any more.
    #[error("events after position {cursor} are no longer kept, the log begins at {earliest}: seek the durable subscription to position {} or later", earliest.previous())]
    Compacted {
        /// Where the group stands.
        cursor: Position,
        /// The first position that can still be read.
        earliest: Position,
    },
    /// The store could not do it.
    #[error(transparent)]
    Store(Arc<StoreError>),
    /// Too many others changed the group at the same time.
    #[error("the durable subscription is changed by many at once: try again")]
    Busy,
    /// The server stops.
    #[error("the server is shutting down: consume on another node")]
    ShuttingDown,
}

impl From<StoreError> for ConsumeError {
    fn from(error: StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}
