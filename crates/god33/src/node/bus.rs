//! The bus of the configuration.

use std::sync::Arc;

use god33_bus::{AmqpBus, InProcessBus};
use god33_domain::Limits;
use god33_domain::ports::{Bus, Inbox};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::config::BusConfig;

/// A bus that runs.
pub enum RunningBus {
    /// RabbitMQ, and what stops it.
    Amqp(Arc<AmqpBus>, CancellationToken),
    /// Inside this process.
    InProcess(Arc<InProcessBus>),
}

impl RunningBus {
    /// Starts RabbitMQ where it is configured. It connects in the background, however long that takes.
    pub fn start(config: &BusConfig, store_id: Uuid, inbox: Arc<dyn Inbox>, limits: &Limits) -> anyhow::Result<Self> {
        let Some(amqp) = &config.amqp else {
            return Ok(Self::InProcess(Arc::new(InProcessBus::new(store_id, inbox, limits.clone()))));
        };
        let stop = CancellationToken::new();
        let bus = AmqpBus::start(amqp.clone(), store_id, inbox, limits.clone(), stop.clone())?;
        Ok(Self::Amqp(bus, stop))
    }

    /// The bus as the others see it.
    pub fn port(&self) -> Arc<dyn Bus> {
        match self {
            Self::Amqp(bus, _) => bus.clone(),
            Self::InProcess(bus) => bus.clone(),
        }
    }

    /// Finishes the batch that is being taken in, and disconnects.
    pub async fn stop(self) {
        if let Self::Amqp(bus, stop) = self {
            stop.cancel();
            bus.stopped().await;
        }
    }
}
