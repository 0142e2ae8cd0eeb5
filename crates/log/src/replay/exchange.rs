//! An exchange as a target.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{Bus, Exchange, NoExchange, ReplayedMessage, Store, StoreError};
use god33_domain::replay::Replay;
use god33_domain::{EventId, RecordedEvent};

use super::target::{Target, Trouble};

/// Publishes to an exchange. It is opened when it is needed, and anew after every failure.
pub(super) struct ToExchange {
    store: Arc<dyn Store>,
    bus: Arc<dyn Bus>,
    name: String,
    open: Option<Box<dyn Exchange>>,
}

impl ToExchange {
    pub(super) fn new(store: Arc<dyn Store>, bus: Arc<dyn Bus>, name: String) -> Self {
        Self { store, bus, name, open: None }
    }

    async fn exchange(&mut self) -> Result<Box<dyn Exchange>, Trouble> {
        match self.open.take() {
            Some(exchange) => Ok(exchange),
            None => self.bus.open_exchange(&self.name).await.map_err(|error| match &error {
                NoExchange::NotThere(_) | NoExchange::NoBroker => Trouble::Missing(told(&error)),
                NoExchange::Away(_) => Trouble::Away(told(&error)),
            }),
        }
    }

    /// What came from the bus goes out as it came in.
    async fn messages(
        &self,
        events: &[Arc<RecordedEvent>],
        replay: &Replay,
    ) -> Result<Vec<ReplayedMessage>, StoreError> {
        let from_bus: Vec<EventId> =
            events.iter().filter(|event| event.bus.is_some()).map(|event| event.id()).collect();
        let mut originals: HashMap<EventId, Bytes> = match from_bus[..] {
            [] => HashMap::new(),
            _ => self.store.originals(&from_bus).await?.into_iter().collect(),
        };
        let message = |event: &Arc<RecordedEvent>| ReplayedMessage {
            replay_id: replay.replay_id,
            original: originals.remove(&event.id()),
            event: Arc::clone(event),
        };
        Ok(events.iter().map(message).collect())
    }
}

#[async_trait]
impl Target for ToExchange {
    async fn deliver(&mut self, events: &[Arc<RecordedEvent>], replay: &Replay) -> Result<usize, Trouble> {
        let exchange = self.exchange().await?;
        let messages = self.messages(events, replay).await.map_err(|error| Trouble::Away(told(&error)))?;
        let confirmed = exchange.publish(&messages).await.map_err(|error| Trouble::Away(told(&error)))?;
        if confirmed == messages.len() {
            self.open = Some(exchange);
        }
        Ok(confirmed)
    }
}

/// An error with its causes on one line.
fn told(error: &dyn Error) -> String {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
