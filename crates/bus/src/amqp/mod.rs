//! RabbitMQ.
//!
//! A [`supervisor`] owns a connection: it [connects](connect), declares the [`topology`] and lets the connection's work be done;
//! when anything fails, it makes the connection anew. There are two: one [brings what comes in](ingest) to the inbox, one offers
//! the [way out](publish). The [`outlook`] shows how both fare.

mod batch;
mod config;
mod confirmed;
mod connect;
mod error;
mod exchange;
mod ingest;
mod message;
mod outlook;
mod publish;
mod retry;
mod supervisor;
mod topology;

use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::ports::{Bus, BusError, BusReport, BusState, Exchange, Inbox, NoExchange, OutboundMessage};
use god33_domain::{Limits, NewEvent, QuarantinedMessage};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::counters::Counters;
use crate::wire;
pub use config::{AmqpConfig, AmqpUrl, InvalidAmqpConfig};
pub use error::AmqpError;
use exchange::OpenExchange;
use ingest::Ingest;
use outlook::Outlook;
use publish::Outgoing;
use supervisor::Supervisor;

/// The bus over RabbitMQ.
pub struct AmqpBus {
    shared: Arc<Shared>,
    tasks: TaskTracker,
    limits: Limits,
}

/// What both ways of the bus have in common.
struct Shared {
    config: AmqpConfig,
    store_id: Uuid,
    outlook: Outlook,
    counters: Counters,
    stop: CancellationToken,
}

impl AmqpBus {
    /// Starts to connect, and to bring what comes in to the inbox. Returns at once: [`Bus::state`] tells when the bus is up.
    /// Cancelling `shutdown` finishes the batch under way and closes the connections; [`AmqpBus::stopped`] waits for that.
    ///
    /// # Errors
    /// When a setting cannot work. A broker that is away is no error: it is tried again.
    pub fn start(
        config: AmqpConfig,
        store_id: Uuid,
        inbox: Arc<dyn Inbox>,
        limits: Limits,
        shutdown: CancellationToken,
    ) -> Result<Arc<Self>, InvalidAmqpConfig> {
        config.check()?;
        let (outlook, counters) = (Outlook::new(), Counters::default());
        let shared = Arc::new(Shared { config, store_id, outlook, counters, stop: shutdown });
        let tasks = TaskTracker::new();
        let incoming = Ingest::new(Arc::clone(&shared), inbox, limits.clone());
        tasks.spawn(Supervisor(Arc::clone(&shared)).run(incoming));
        tasks.spawn(Supervisor(Arc::clone(&shared)).run(Outgoing(Arc::clone(&shared))));
        tasks.close();
        Ok(Arc::new(Self { shared, tasks, limits }))
    }

    /// Waits until the bus has stopped after its shutdown was cancelled.
    pub async fn stopped(&self) {
        self.tasks.wait().await;
    }
}

#[async_trait]
impl Bus for AmqpBus {
    async fn publish(&self, messages: &[OutboundMessage]) -> Result<usize, BusError> {
        let (confirmed, failure) = match self.shared.outlook.publisher() {
            Some(publisher) => publisher.publish(messages, &self.shared.counters).await,
            None => (0, Some(AmqpError::NotConnected { reason: reason(&self.shared.outlook.state()) })),
        };
        match failure {
            Some(error) if confirmed == 0 => Err(BusError { operation: "publish", source: Box::new(error) }),
            Some(error) => {
                tracing::warn!(error = error.chain(), confirmed, of = messages.len(), "not everything was published");
                Ok(confirmed)
            }
            None => Ok(confirmed),
        }
    }

    async fn open_exchange(&self, name: &str) -> Result<Box<dyn Exchange>, NoExchange> {
        let Some(publisher) = self.shared.outlook.publisher() else {
            let error = AmqpError::NotConnected { reason: reason(&self.shared.outlook.state()) };
            return Err(BusError { operation: "open the exchange", source: Box::new(error) }.into());
        };
        Ok(Box::new(OpenExchange::open(Arc::clone(&self.shared), publisher, name).await?))
    }

    fn is_live(&self, exchange: &str) -> bool {
        let config = &self.shared.config;
        exchange == config.exchange || config.also_from.iter().any(|name| name == exchange)
    }

    fn read_again(&self, message: &QuarantinedMessage) -> Result<Box<NewEvent>, Box<QuarantinedMessage>> {
        wire::again(message, &self.limits)
    }

    fn state(&self) -> BusState {
        self.shared.outlook.state()
    }

    fn report(&self) -> BusReport {
        BusReport {
            kind: "rabbitmq",
            since: self.shared.outlook.since(),
            exchange: self.shared.config.exchange.clone(),
            queue: self.shared.config.queue.clone(),
            ingested: self.shared.counters.ingested.get(),
            published: self.shared.counters.published.get(),
            unroutable: self.shared.counters.unroutable.get(),
            reconnects: self.shared.counters.reconnects.get(),
        }
    }
}

fn reason(state: &BusState) -> String {
    match state {
        BusState::Up => "the connection has just ended".to_owned(),
        BusState::Down { reason } | BusState::CircuitOpen { reason } => reason.clone(),
    }
}
