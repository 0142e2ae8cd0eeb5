//! Feels the pulse of the store and the bus.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Bus, BusState, Store};
use god33_log::Tail;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::ServerConfig;
use crate::App;

/// What works.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Vitals {
    /// The store answers and the log is followed, so every service can do its work.
    pub log: bool,
    /// Events come from and go to the bus.
    pub bus: bool,
}

/// Watches over what the server needs.
pub(super) struct Watch {
    /// What works at the moment.
    pub signs: watch::Receiver<Vitals>,
    found: watch::Sender<Vitals>,
    store: Arc<dyn Store>,
    tail: Tail,
    bus: Arc<dyn Bus>,
    interval: Duration,
    patience: Duration,
    stopping: CancellationToken,
}

/// Looks for the first time.
pub(super) async fn watch(app: &App, config: &ServerConfig) -> Watch {
    let (found, signs) = watch::channel(Vitals { log: true, bus: true });
    let watch = Watch {
        signs,
        found,
        store: app.store.clone(),
        tail: app.tail.clone(),
        bus: app.bus.clone(),
        interval: Duration::from_millis(config.health_interval_ms.max(1)),
        patience: Duration::from_millis(config.health_timeout_ms),
        stopping: app.stopping.clone(),
    };
    watch.look().await;
    watch
}

impl Watch {
    /// Looks again and again until the server stops.
    pub(super) async fn keep_watching(self) {
        loop {
            let next = Instant::now() + self.interval;
            tokio::select! {
                () = self.stopping.cancelled() => return,
                () = sleep_until(next) => {}
            }
            tokio::select! {
                () = self.stopping.cancelled() => return,
                () = self.look() => {}
            }
        }
    }

    async fn look(&self) {
        let before = *self.signs.borrow();
        let log = self.store_lives(before.log).await && self.log_is_followed(before.log);
        let now = Vitals { log, bus: self.bus.state() == BusState::Up };
        if now.log && !before.log {
            tracing::info!("the store is back");
        }
        self.found.send_if_modified(|signs| std::mem::replace(signs, now) != now);
    }

    fn log_is_followed(&self, before: bool) -> bool {
        let followed = self.tail.is_following();
        if before && !followed {
            tracing::error!("the log is not followed any more: start this node again when the log is whole");
        }
        followed
    }

    async fn store_lives(&self, before: bool) -> bool {
        match timeout(self.patience, self.store.ping()).await {
            Ok(Ok(())) => true,
            // Said once, when it goes.
            Ok(Err(error)) => {
                if before {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "the store is gone: nothing can be served"
                    );
                }
                false
            }
            Err(_) => {
                if before {
                    tracing::error!(patience = ?self.patience, "the store does not answer: nothing can be served");
                }
                false
            }
        }
    }
}
