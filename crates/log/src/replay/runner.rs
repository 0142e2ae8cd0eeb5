//! Runs the replays that a node has to deliver. One node runs them at a time, under a lease; when it dies, another goes on.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Bus, Clock, Store};
use god33_domain::replay::{Replay, ReplayId, ReplayTarget};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::ReplayConfig;
use super::exchange::ToExchange;
use super::run::{End, Manner, Run};
use crate::duty::{Duty, warn};

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
        let (store, lease_ms) = (self.store.clone(), self.config.lease_ms);
        let mut duty = Duty::new(store, REPLAYS, self.node, lease_ms, self.stop.clone());
        while let Some(mut tenure) = duty.begin().await {
            let end = self.stop.child_token();
            let mut runs = HashMap::new();
            while tenure.goes_on().await {
                self.start_waiting(&mut runs, &end).await;
                tenure.pause(TICK).await;
            }
            end.cancel();
            for run in runs.into_values() {
                join(run).await;
            }
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
