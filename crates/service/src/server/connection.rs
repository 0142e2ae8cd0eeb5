//! One connection, from its first byte to its last.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use super::ServerConfig;

/// How connections are served.
pub(super) struct Connections {
    protocols: Builder<TokioExecutor>,
    header_timeout: Duration,
    age: Option<Duration>,
    stopping: CancellationToken,
}

impl Connections {
    pub(super) fn new(config: &ServerConfig, stopping: CancellationToken) -> Self {
        let header_timeout = Duration::from_millis(config.header_timeout_ms.max(1));
        let mut protocols = Builder::new(TokioExecutor::new());
        protocols.http1().timer(TokioTimer::new()).header_read_timeout(header_timeout);
        protocols
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(Some(Duration::from_millis(config.keep_alive_interval_ms.max(1))))
            .keep_alive_timeout(Duration::from_millis(config.keep_alive_timeout_ms.max(1)))
            .max_concurrent_streams(config.concurrent_streams.max(1));
        let age = (config.connection_age_ms > 0).then(|| Duration::from_millis(config.connection_age_ms));
        Self { protocols, header_timeout, age, stopping }
    }

    /// Serves a connection until the other side closes it, or it is let go and its calls are finished.
    pub(super) async fn serve(self: Arc<Self>, socket: TcpStream, router: Router) {
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(error = &error as &dyn std::error::Error, "small messages may be sent late");
        }
        if !self.says_something(&socket).await {
            return;
        }
        let service = TowerToHyperService::new(router);
        let mut connection = pin!(self.protocols.serve_connection_with_upgrades(TokioIo::new(socket), service));
        let ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            () = self.time_to_go() => None,
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(error = &*error as &dyn std::error::Error, "a connection broke");
        }
    }

    /// A connection that sends nothing at all would wait for ever to have its protocol recognised.
    async fn says_something(&self, socket: &TcpStream) -> bool {
        let first = async { matches!(socket.peek(&mut [0]).await, Ok(1)) };
        tokio::select! {
            said = tokio::time::timeout(self.header_timeout, first) => said.unwrap_or(false),
            () = self.stopping.cancelled() => false,
        }
    }

    async fn time_to_go(&self) {
        let old = async {
            match self.age {
                Some(age) => tokio::time::sleep(age).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = old => {}
            () = self.stopping.cancelled() => {}
        }
    }
}
