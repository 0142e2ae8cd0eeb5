//! RabbitMQ.
//!
//! One [`supervisor`] owns the connection: it [connects](connect), declares the [`topology`], brings what comes in to the
//! [inbox](ingest) and offers a [way out](publish). When anything fails, the whole connection is made anew.

mod batch;
mod config;
mod connect;
mod error;
mod ingest;
mod message;
mod publish;
mod retry;
mod supervisor;
mod topology;

use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::Limits;
use god33_domain::ports::{Bus, BusError, BusReport, BusState, Inbox, OutboundMessage};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::counters::Counters;
pub use config::{AmqpConfig, AmqpUrl, InvalidAmqpConfig};
pub use error::AmqpError;
use ingest::Ingest;
use supervisor::{Outlook, Supervisor};

/// The bus over RabbitMQ.
pub struct AmqpBus {
    outlook: Arc<Outlook>,
    counters: Arc<Counters>,
    tasks: TaskTracker,
    exchange: String,
    queue: String,
}

impl AmqpBus {
    /// Starts to connect, and to bring what comes in to the inbox. Returns at once: [`Bus::state`] tells when the bus is up.
    /// Cancelling `shutdown` finishes the batch under way and closes the connection; [`AmqpBus::stopped`] waits for that.
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
        let (outlook, counters) = (Arc::new(Outlook::new()), Arc::new(Counters::default()));
        let ingest = Ingest::new(config.clone(), store_id, inbox, limits, Arc::clone(&counters), shutdown.clone());
        let (exchange, queue) = (config.exchange.clone(), config.queue.clone());
        let supervisor = Supervisor {
            config,
            store_id,
            outlook: Arc::clone(&outlook),
            counters: Arc::clone(&counters),
            ingest,
            stop: shutdown,
        };
        let tasks = TaskTracker::new();
        tasks.spawn(supervisor.run());
        tasks.close();
        Ok(Arc::new(Self { outlook, counters, tasks, exchange, queue }))
    }

    /// Waits until the bus has stopped after its shutdown was cancelled.
    pub async fn stopped(&self) {
        self.tasks.wait().await;
    }
}

#[async_trait]
impl Bus for AmqpBus {
    async fn publish(&self, messages: &[OutboundMessage]) -> Result<usize, BusError> {
        let (confirmed, failure) = match self.outlook.publisher() {
            Some(publisher) => publisher.publish(messages, &self.counters).await,
            None => (0, Some(AmqpError::NotConnected { reason: reason(&self.outlook.state()) })),
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

    fn state(&self) -> BusState {
        self.outlook.state()
    }

    fn report(&self) -> BusReport {
        BusReport {
            kind: "rabbitmq",
            since: self.outlook.since(),
            exchange: self.exchange.clone(),
            queue: self.queue.clone(),
            ingested: self.counters.ingested.get(),
            published: self.counters.published.get(),
            unroutable: self.counters.unroutable.get(),
            reconnects: self.counters.connections.get().saturating_sub(1),
        }
    }
}

fn reason(state: &BusState) -> String {
    match state {
        BusState::Up => "the connection has just ended".to_owned(),
        BusState::Down { reason } | BusState::CircuitOpen { reason } => reason.clone(),
    }
}
