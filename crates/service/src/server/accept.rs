//! Takes connections, and lets them go.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::ServerConfig;
use super::connection::Connections;

/// Serves connections until the server stops, and then waits for them.
pub(super) async fn accept(listener: TcpListener, router: Router, config: &ServerConfig, stopping: CancellationToken) {
    let connections = Arc::new(Connections::new(config, stopping.clone()));
    let tasks = TaskTracker::new();
    let cut = CancellationToken::new();
    while let Some(socket) = next(&listener, &stopping).await {
        let serving = connections.clone().serve(socket, router.clone());
        tasks.spawn(cut.clone().run_until_cancelled_owned(serving));
    }
    // Whoever comes now is refused and can go to another node.
    drop((listener, router));
    tasks.close();
    let grace = Duration::from_millis(config.shutdown_grace_ms);
    if tokio::time::timeout(grace, tasks.wait()).await.is_err() {
        tracing::warn!(connections = tasks.len(), ?grace, "calls are not finished in time: their connections are cut");
        cut.cancel();
        tasks.wait().await;
    }
}

/// The next connection; `None` when the server stops.
async fn next(listener: &TcpListener, stopping: &CancellationToken) -> Option<TcpStream> {
    loop {
        let accepted = stopping.run_until_cancelled(listener.accept()).await?;
        match accepted {
            Ok((socket, _)) => return Some(socket),
            Err(error) => {
                // Mostly too many open files, which passes.
                tracing::warn!(error = &error as &dyn std::error::Error, "a connection could not be accepted");
                stopping.run_until_cancelled(tokio::time::sleep(Duration::from_millis(50))).await?;
            }
        }
    }
}
