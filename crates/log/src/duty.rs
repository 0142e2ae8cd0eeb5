//! What one node at a time does for all: it works while it keeps a lease, and gives the lease up when it stops. When it dies, another node
//! has the lease as soon as its time is over.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Lease, Store, StoreError};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A duty that this node may have.
pub(crate) struct Duty {
    store: Arc<dyn Store>,
    /// The name of the lease.
    name: &'static str,
    node: Uuid,
    lease_time: Duration,
    stop: CancellationToken,
    tried: bool,
}

/// The lease while this node has it.
pub(crate) struct Tenure<'a> {
    duty: &'a Duty,
    lease: Lease,
    renewed: Instant,
}

impl Duty {
    pub(crate) const fn new(
        store: Arc<dyn Store>,
        name: &'static str,
        node: Uuid,
        lease_ms: u64,
        stop: CancellationToken,
    ) -> Self {
        Self { store, name, node, lease_time: Duration::from_millis(lease_ms), stop, tried: false }
    }

    /// Waits until this node can get the lease. `None` when it is to stop; then the lease is given up.
    pub(crate) async fn begin(&mut self) -> Option<Tenure<'_>> {
        loop {
            if self.tried {
                pause(&self.stop, self.short()).await;
            }
            if self.stop.is_cancelled() {
                self.give_up().await;
                return None;
            }
            self.tried = true;
            let asked = Instant::now();
            match self.store.lease(self.name, self.node, self.lease_time).await {
                Ok(Some(lease)) => return Some(Tenure { duty: self, lease, renewed: asked }),
                Ok(None) => {}
                Err(error) => self.warn(&error, "a lease could not be taken"),
            }
        }
    }

    /// A third of the lease's time: whoever looks that often keeps it, or gets it soon.
    fn short(&self) -> Duration {
        self.lease_time / 3
    }

    async fn give_up(&self) {
        if let Err(error) = self.store.release(self.name, self.node).await {
            self.warn(&error, "a lease could not be given up: another node waits until it ends");
        }
    }

    fn warn(&self, error: &StoreError, what: &'static str) {
        tracing::warn!(error = error as &dyn std::error::Error, lease = self.name, "{what}");
    }
}

impl Tenure<'_> {
    /// The mark by which the work of this tenure is told from that of earlier ones.
    pub(crate) const fn token(&self) -> u64 {
        self.lease.token
    }

    /// Keeps the lease, which costs something only now and then. False when the work is to end: the node stops, or the lease is lost.
    pub(crate) async fn goes_on(&mut self) -> bool {
        if self.duty.stop.is_cancelled() {
            return false;
        }
        if self.renewed.elapsed() < self.duty.short() {
            return true;
        }
        let asked = Instant::now();
        match self.duty.store.lease(self.duty.name, self.duty.node, self.duty.lease_time).await {
            Ok(kept) => {
                self.renewed = asked;
                kept == Some(self.lease)
            }
            Err(error) => {
                self.duty.warn(&error, "a lease could not be kept");
                false
            }
        }
    }

    /// Waits so long, but no longer than the lease allows, and not when the node stops.
    pub(crate) async fn pause(&self, time: Duration) {
        pause(&self.duty.stop, time.min(self.duty.short())).await;
    }
}

/// Waits, but not when it is to stop.
pub(crate) async fn pause(stop: &CancellationToken, time: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = tokio::time::sleep(time) => {}
    }
}

/// Says what the store could not do, and what that means.
pub(crate) fn warn(error: &StoreError, what: &'static str) {
    tracing::warn!(error = error as &dyn std::error::Error, "{what}");
}
