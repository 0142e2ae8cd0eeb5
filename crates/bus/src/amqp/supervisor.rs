//! Owns the connection: makes it, keeps it, and makes it anew.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use god33_domain::Timestamp;
use god33_domain::ports::BusState;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::AmqpConfig;
use super::connect::Broker;
use super::error::AmqpError;
use super::ingest::Ingest;
use super::publish::Publisher;
use super::retry::Retry;
use super::topology;
use crate::counters::Counters;

/// What the supervisor shows to the rest: how it fares, and the way out while there is one.
pub struct Outlook(Mutex<Showing>);

struct Showing {
    state: BusState,
    since: Timestamp,
    publisher: Option<Arc<Publisher>>,
}

impl Outlook {
    /// Not connected yet.
    pub fn new() -> Self {
        let state = BusState::Down { reason: "connecting for the first time".into() };
        Self(Mutex::new(Showing { state, since: Timestamp::now(), publisher: None }))
    }

    /// How the bus fares.
    pub fn state(&self) -> BusState {
        let showing = self.showing();
        if showing.publisher.as_ref().is_some_and(|publisher| publisher.is_blocked()) {
            return BusState::Down { reason: "the broker takes no messages: it is short of memory or disk".into() };
        }
        showing.state.clone()
    }

    /// Since when it is up, or is not.
    pub fn since(&self) -> Timestamp {
        self.showing().since
    }

    /// The way out, while there is one.
    pub fn publisher(&self) -> Option<Arc<Publisher>> {
        self.showing().publisher.clone()
    }

    fn show(&self, state: BusState, publisher: Option<Arc<Publisher>>) {
        let mut showing = self.showing();
        if std::mem::discriminant(&showing.state) != std::mem::discriminant(&state) {
            showing.since = Timestamp::now();
        }
        (showing.state, showing.publisher) = (state, publisher);
    }

    fn showing(&self) -> MutexGuard<'_, Showing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See the module's text.
pub struct Supervisor {
    pub config: AmqpConfig,
    pub store_id: Uuid,
    pub outlook: Arc<Outlook>,
    pub counters: Arc<Counters>,
    pub ingest: Ingest,
    pub stop: CancellationToken,
}

impl Supervisor {
    /// Works until it is told to stop. Then the batch under way is finished and acknowledged.
    pub async fn run(mut self) {
        let mut retry = Retry::new(&self.config);
        while !self.stop.is_cancelled() {
            let began = Instant::now();
            let Err(error) = self.one_connection().await else { continue };
            // A connection that comes up and breaks at once is a failure like any other.
            if began.elapsed() > retry.most() {
                retry.succeeded();
            }
            let pause = retry.failed();
            self.ingest.ended(&error);
            self.show_failure(&error, retry.circuit_is_open());
            tracing::warn!(error = error.chain(), pause_ms = pause.as_millis(), "the bus is down");
            tokio::select! {
                () = self.stop.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        self.outlook.show(BusState::Down { reason: "stopped".into() }, None);
    }

    fn show_failure(&self, error: &AmqpError, circuit_is_open: bool) {
        let reason = error.chain();
        let state = if circuit_is_open { BusState::CircuitOpen { reason } } else { BusState::Down { reason } };
        self.outlook.show(state, None);
    }

    /// Connects and works until the connection ends, or it is told to stop.
    async fn one_connection(&mut self) -> Result<(), AmqpError> {
        let stop = self.stop.clone();
        let broker = tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            broker = Broker::connect(&self.config) => broker?,
        };
        let end = self.work(&broker).await;
        if end.is_ok() {
            self.outlook.show(BusState::Down { reason: "connecting anew".into() }, None);
        }
        broker.close().await;
        end
    }

    async fn work(&mut self, broker: &Broker) -> Result<(), AmqpError> {
        let channel = broker.channel().await?;
        topology::declare(&channel, &self.config).await?;
        let publisher = self.publisher(broker).await?;
        self.ingest.bring_held().await?;
        let consumer = self.ingest.consume(&channel).await?;
        self.outlook.show(BusState::Up, Some(Arc::clone(&publisher)));
        self.counters.connections.add(1);
        tracing::info!(broker = %self.config.url, queue = self.config.queue, "the bus is up");
        tokio::select! {
            end = self.ingest.run(&channel, consumer) => end,
            error = publisher.failed() => Err(error),
        }
    }

    async fn publisher(&self, broker: &Broker) -> Result<Arc<Publisher>, AmqpError> {
        let (channel, timeout) = (broker.channel().await?, self.config.operation_timeout());
        let publisher = Publisher::new(channel, broker.status(), &self.config.exchange, self.store_id, timeout).await?;
        Ok(Arc::new(publisher))
    }
}
