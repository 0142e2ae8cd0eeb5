//! Runs the replays that a node has to deliver. One node runs them at a time, under a lease; when it dies, another goes on.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Bus, Clock, Lease, Store, StoreError};
use god33_domain::replay::{Replay, ReplayId, ReplayTarget};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::ReplayConfig;
use super::exchange::ToExchange;
use super::run::{End, Manner, Run};

/// The name of the lease.
const REPLAYS: &str = "replays";

/// How often it is looked for replays that were started or resumed.
const TICK: Duration = Duration::from_millis(250);

/// Runs replays on one node.
pub struct Replayer {
    /// Where the lease and the replays are kept.
    pub store: Arc<dyn Store>,
    /// Where they go.
    pub bus: Arc<dyn Bus>,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
    /// How they are run.
    pub config: ReplayConfig,
    /// This node.
    pub node: Uuid,
    /// Ends it.
    pub stop: CancellationToken,
}

impl Replayer {
    /// Runs replays until it is told to stop, whenever this node can get the lease.
    pub async fn run(self) {
        while !self.stop.is_cancelled() {
            match self.store.lease(REPLAYS, self.node, self.lease_time()).await {
                Ok(Some(lease)) => self.run_under(lease).await,
                Ok(None) => {}
                Err(error) => warn(&error, "the lease of the replays could not be taken"),
            }
            self.pause(self.lease_time() / 3).await;
        }
        if let Err(error) = self.store.release(REPLAYS, self.node).await {
            warn(&error, "the lease of the replays could not be given up: another node waits until it ends");
        }
    }

    const fn lease_time(&self) -> Duration {
        Duration::from_millis(self.config.lease_ms)
    }

    async fn pause(&self, time: Duration) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = tokio::time::sleep(time) => {}
        }
    }

    /// Works under the lease until it is lost.
    async fn run_under(&self, lease: Lease) {
        let (end, mut renewed) = (self.stop.child_token(), Instant::now());
        let mut runs = HashMap::new();
        while !self.stop.is_cancelled() {
            if renewed.elapsed() >= self.lease_time() / 3 {
                let asked = Instant::now();
                match self.store.lease(REPLAYS, self.node, self.lease_time()).await {
                    Ok(Some(kept)) if kept == lease => renewed = asked,
                    Ok(_) => break,
                    Err(error) => {
                        warn(&error, "the lease of the replays could not be kept");
                        break;
                    }
                }
            }
            self.start_waiting(&mut runs, &end).await;
            self.pause(TICK.min(self.lease_time() / 3)).await;
        }
        end.cancel();
        for run in runs.into_values() {
            join(run).await;
        }
    }

    /// Starts the replays that are to run and do not yet.
    async fn start_waiting(&self, runs: &mut HashMap<ReplayId, JoinHandle<()>>, end: &CancellationToken) {
        runs.retain(|_, run| !run.is_finished());
        match self.store.running_replays(self.config.at_once).await {
            Ok(replays) => {
                for replay in replays {
                    runs.entry(replay.replay_id).or_insert_with(|| self.start(replay, end.clone()));
                }
            }
            Err(error) => warn(&error, "it could not be looked which replays are to run"),
        }
    }

    fn start(&self, replay: Replay, stop: CancellationToken) -> JoinHandle<()> {
        let replay_id = replay.replay_id;
        let target = match &replay.spec.target {
            ReplayTarget::Exchange(name) => Some(ToExchange::new(self.store.clone(), self.bus.clone(), name.clone())),
            // Whoever streams it runs it; replays to subscriptions are not started.
            ReplayTarget::Subscription(_) | ReplayTarget::Stream => None,
        };
        let manner =
            Manner { batch: self.config.batch_events, patience: Duration::from_millis(self.config.exchange_wait_ms) };
        let mut run = Run::new(self.store.clone(), self.clock.clone(), replay, manner, stop);
        tokio::spawn(async move {
            let Some(mut target) = target else { return };
            tracing::info!(%replay_id, "a replay runs on this node");
            match run.run(&mut target).await {
                End::Failed(why) => tracing::warn!(%replay_id, why, "a replay has failed"),
                end => {
                    tracing::info!(%replay_id, ?end, delivered = run.replay().delivered, "a replay does not run on this node any more")
                }
            }
        })
    }
}

async fn join(run: JoinHandle<()>) {
    if run.await.is_err() {
        tracing::error!("a replay has panicked");
    }
}

fn warn(error: &StoreError, what: &'static str) {
    tracing::warn!(error = error as &dyn std::error::Error, what);
}
