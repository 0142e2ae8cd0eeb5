//! Where a replay delivers to.

use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::RecordedEvent;
use god33_domain::ports::{Bus, BusError, NoExchange};
use god33_domain::replay::{Replay, ReplaySpec, ReplayTarget};

/// Takes the events of one replay, in order.
#[async_trait]
pub(super) trait Target: Send + Sync {
    /// Waits until it takes more, and what it was given before is delivered. May be dropped at any time and asked again.
    async fn ready(&mut self) -> Result<(), Trouble> {
        Ok(())
    }

    /// Takes events; `replay` stands before them. Answers with how many, from the first on, are delivered.
    async fn deliver(&mut self, events: &[Arc<RecordedEvent>], replay: &Replay) -> Result<usize, Trouble>;

    /// Waits until nobody wants the events any more.
    async fn left(&self) {
        std::future::pending().await
    }
}

/// Why a target takes nothing.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It cannot be reached: it is waited for.
    Away(String),
    /// It is not there: it is waited for, but not for long.
    Missing(String),
    /// Nobody wants the events any more.
    Left,
}

/// Why nothing can be replayed to a target.
#[derive(Debug, thiserror::Error)]
pub enum NoTarget {
    /// Running agents listen to it.
    #[error(
        "running agents listen to exchange {0}, and a replay would wake them: replay to another exchange, or set allow_live_exchange"
    )]
    Live(String),
    /// The broker has no such exchange.
    #[error("exchange {name} cannot be replayed to, {why}: declare it and bind a queue to it first")]
    NotThere {
        /// Its name.
        name: String,
        /// What the broker says.
        why: String,
    },
    /// There is no broker in this mode.
    #[error("there are no exchanges without RabbitMQ: replay to a stream, or start the server with `god33 serve`")]
    NoBroker,
    /// The broker cannot be reached.
    #[error("the message broker cannot be reached: try again, or replay to a stream")]
    Away(#[source] BusError),
    /// Replays to durable subscriptions.
    #[error("this server does not replay to durable subscriptions yet: replay to a stream or to an exchange")]
    NotOffered,
}

/// Looks whether a replay can begin.
pub(super) async fn check(bus: &dyn Bus, spec: &ReplaySpec) -> Result<(), NoTarget> {
    match &spec.target {
        ReplayTarget::Stream => Ok(()),
        ReplayTarget::Subscription(_) => Err(NoTarget::NotOffered),
        ReplayTarget::Exchange(name) => match bus.open_exchange(name).await {
            Err(NoExchange::NoBroker) => Err(NoTarget::NoBroker),
            _ if bus.is_live(name) && !spec.allow_live_exchange => Err(NoTarget::Live(name.clone())),
            Err(NoExchange::NotThere(why)) => Err(NoTarget::NotThere { name: name.clone(), why }),
            Err(NoExchange::Away(error)) => Err(NoTarget::Away(error)),
            Ok(_) => Ok(()),
        },
    }
}
