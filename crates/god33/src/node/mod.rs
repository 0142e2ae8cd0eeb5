//! One running node: its parts started in the order in which they need each other, and stopped the other way round.
//!
//! ```text
//! start: store (the caller) ─► maintenance ─► log ─► bus ─► relay, replays ─► server
//! stop:  server ─► relay, replays ─► bus ─► log ─► store
//! ```
//! Relay and replays go before the bus, which they publish through; what they leave goes out at the next start, since the log is the outbox.

mod bus;
mod maintenance;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use god33_domain::Timestamp;
use god33_domain::ports::{Clock, Store, SystemClock};
use god33_log::{Board, Consumers, Log, LogInbox, Overseer, Presence, Pulse, Relay, Replayer};
use god33_service::server::Server;
use god33_service::{App, LoopbackIsTrusted};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::config::Config;
use bus::RunningBus;

/// How long the last writes may take. A store that hangs must not keep the process for ever.
const LAST_WRITES: Duration = Duration::from_secs(10);

/// A node that runs and does not serve yet.
pub struct Node {
    app: Arc<App>,
    log: Log,
    bus: RunningBus,
    /// What works in the background.
    tasks: Vec<JoinHandle<()>>,
    consumers: Consumers,
    store: Arc<dyn Store>,
    /// Ends what works in the background.
    end: CancellationToken,
}

impl Node {
    /// Starts everything behind the server. `stop` is what ends [`Node::serve`].
    ///
    /// # Errors
    /// When the store fails. A broker that is away is no error.
    pub async fn start(config: &Config, store: Arc<dyn Store>, stop: CancellationToken) -> anyhow::Result<Self> {
        let (clock, end): (Arc<dyn Clock>, _) = (Arc::new(SystemClock), CancellationToken::new());
        let node = god33_service::Node {
            id: Uuid::now_v7(),
            version: env!("CARGO_PKG_VERSION"),
            started_at: Timestamp::now(),
        };
        let upkeep = maintenance::Maintenance::new(store.clone(), clock.clone(), config.log.keep_requests_hours);
        upkeep.once().await.context("could not prepare the store")?;
        let log = Log::start(store.clone(), clock.clone(), &config.log).await.context("could not start the log")?;
        let store_id = store.info().await.context("could not read the store")?.store_id;
        let inbox = Arc::new(LogInbox::new(log.writer.clone(), store.clone(), clock.clone()));
        let bus = RunningBus::start(&config.bus, store_id, inbox, &config.limits)?;
        let relay =
            Relay::new(store.clone(), bus.port(), log.tail.clone(), config.relay.clone(), node.id, end.child_token());
        let replayer = Replayer {
            store: store.clone(),
            bus: bus.port(),
            clock: clock.clone(),
            config: config.replay.clone(),
            node: node.id,
            stop: end.child_token(),
        };
        let (board, board_keeper) = Board::start(store.clone(), log.tail.clone(), end.child_token())
            .await
            .context("could not read the open work")?;
        let pulse = Arc::new(Pulse::new(store.clone(), clock.clone()));
        let overseer = Overseer {
            store: store.clone(),
            writer: log.writer.clone(),
            board: board.clone(),
            pulse: pulse.clone(),
            clock: clock.clone(),
            config: config.overseer.clone(),
            node: node.id,
            stop: end.child_token(),
        };
        let consumers = Consumers::new(store.clone(), log.tail.clone(), clock.clone(), stop.child_token());
        let presence = Presence {
            store: store.clone(),
            tail: log.tail.clone(),
            bus: bus.port(),
            clock: clock.clone(),
            node: node.id,
            version: node.version,
            started_at: node.started_at,
            stop: end.child_token(),
        };
        let app = Arc::new(App {
            node,
            writer: log.writer.clone(),
            tail: log.tail.clone(),
            board,
            pulse: pulse.clone(),
            consumers: consumers.clone(),
            clock,
            store: store.clone(),
            bus: bus.port(),
            authorizer: Arc::new(LoopbackIsTrusted),
            limits: config.limits.clone(),
            min_position_wait: Duration::from_millis(config.server.min_position_wait_ms),
            stopping: stop,
        });
        let tasks = vec![
            tokio::spawn(relay.run()),
            tokio::spawn(replayer.run()),
            tokio::spawn(upkeep.run(end.child_token())),
            tokio::spawn(overseer.run()),
            tokio::spawn(presence.run()),
            tokio::spawn(pulse.run(end.child_token())),
            board_keeper,
        ];
        Ok(Self { app, log, bus, tasks, consumers, store, end })
    }

    /// Serves until the node is told to stop, and then ends everything in order.
    pub async fn serve(self, server: Server) {
        let Self { app, log, bus, tasks, consumers, store, end } = self;
        server.serve(app).await;
        consumers.closed().await;
        end.cancel();
        for task in tasks {
            if task.await.is_err() {
                tracing::error!("a task of the node has panicked");
            }
        }
        bus.stop().await;
        if tokio::time::timeout(LAST_WRITES, log.close()).await.is_err() {
            tracing::error!("the last writes did not end in time: what was not acknowledged may be lost");
        }
        store.close().await;
        tracing::info!("stopped");
    }
}
