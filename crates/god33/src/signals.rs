//! SIGINT and SIGTERM: the first stops in an orderly way, the second at once.

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// The exit code of a server that was told twice to stop.
const IMPATIENT: i32 = 130;

/// A token that the first signal cancels.
pub fn stop() -> anyhow::Result<CancellationToken> {
    let listen = |kind| signal(kind).context("could not listen to signals");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        next(&mut interrupt, &mut terminate).await;
        tracing::info!("stopping: what was accepted is finished first; a second signal stops at once");
        told.cancel();
        next(&mut interrupt, &mut terminate).await;
        tracing::warn!("stopped at once");
        std::process::exit(IMPATIENT);
    });
    Ok(stop)
}

async fn next(interrupt: &mut Signal, terminate: &mut Signal) {
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
