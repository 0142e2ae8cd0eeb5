//! What the store needs from time to time.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::Timestamp;
use god33_domain::ports::{Clock, Store, StoreError, unused_before};
use tokio_util::sync::CancellationToken;

/// Partitions are made months ahead: an hour more or less does not matter.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Keeps the store in order.
pub struct Maintenance {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    keep_requests_seconds: i64,
}

impl Maintenance {
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, keep_requests_hours: u64) -> Self {
        let keep_requests_seconds = i64::try_from(keep_requests_hours.saturating_mul(3_600)).unwrap_or(i64::MAX);
        Self { store, clock, keep_requests_seconds }
    }

    /// What has to be done before the store can be written to.
    pub async fn once(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let before = now.seconds().saturating_sub(self.keep_requests_seconds);
        self.store.maintain(now, Timestamp::new(before, 0).unwrap_or(Timestamp::EPOCH)).await
    }

    /// All of it: also uploads that were given up and snapshots that no checkpoint names any more are dropped.
    async fn all(&self) -> Result<(), StoreError> {
        self.once().await?;
        let freed = self.store.collect_snapshots(unused_before(self.clock.now())).await?;
        if freed > 0 {
            tracing::info!(bytes = freed, "snapshots that nothing needs were dropped");
        }
        Ok(())
    }

    /// Does all of it again and again until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
            if let Err(error) = self.all().await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the store could not be kept in order: it is tried again in an hour"
                );
            }
        }
    }
}
