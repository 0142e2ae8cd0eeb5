//! Owns a connection: makes it, keeps it, and makes it anew.

use std::future::Future;
use std::sync::Arc;

use god33_domain::ports::BusState;
use tokio::time::Instant;

use super::Shared;
use super::connect::Broker;
use super::error::AmqpError;
use super::outlook::Way;
use super::retry::Retry;
use super::topology;

/// What is done over a connection.
pub trait Work: Send {
    /// Which way it is.
    const WAY: Way;

    /// Gets ready over a new connection, calls `up` when it is, and works until the connection fails or is not wanted any more.
    /// Ends soon after it is told to stop.
    fn work(&mut self, broker: &Broker, up: impl FnOnce() + Send)
    -> impl Future<Output = Result<(), AmqpError>> + Send;

    /// Takes note of how a connection ended.
    fn ended(&mut self, _error: &AmqpError) {}
}

/// See the module's text.
pub struct Supervisor(pub Arc<Shared>);

impl Supervisor {
    /// Works until it is told to stop. Then the work under way is finished.
    pub async fn run<W: Work>(self, mut work: W) {
        let mut retry = Retry::new(&self.0.config);
        let mut connections = 0;
        while !self.0.stop.is_cancelled() {
            let mut up_at = None;
            let ended = self.one_connection(&mut work, || {
                self.0.counters.reconnects.add(connections.min(1));
                connections += 1;
                up_at = Some(Instant::now());
            });
            let ended = ended.await;
            // A connection that comes up and breaks at once is a failure like any other.
            if ended.is_ok() || up_at.is_some_and(|up_at| up_at.elapsed() > retry.most()) {
                retry.succeeded();
            }
            if let Err(error) = ended {
                work.ended(&error);
                self.wait(W::WAY, &error, &mut retry).await;
            }
        }
        self.0.outlook.show(W::WAY, BusState::Down { reason: "stopped".into() });
    }

    async fn wait(&self, way: Way, error: &AmqpError, retry: &mut Retry) {
        let (pause, reason) = (retry.failed(), error.chain());
        tracing::warn!(?way, error = reason, pause_ms = pause.as_millis(), "the bus is down");
        let open = retry.circuit_is_open();
        self.0.outlook.show(way, if open { BusState::CircuitOpen { reason } } else { BusState::Down { reason } });
        tokio::select! {
            () = self.0.stop.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }

    async fn one_connection<W: Work>(&self, work: &mut W, up: impl FnOnce() + Send) -> Result<(), AmqpError> {
        let broker = tokio::select! {
            biased;
            () = self.0.stop.cancelled() => return Ok(()),
            broker = Broker::connect(&self.0.config) => broker?,
        };
        let end = match topology::declare(&broker.channel().await?, &self.0.config).await {
            Ok(()) => work.work(&broker, up).await,
            Err(error) => Err(error),
        };
        if end.is_ok() {
            self.0.outlook.show(W::WAY, BusState::Down { reason: "connecting anew".into() });
        }
        broker.close().await;
        end
    }
}
