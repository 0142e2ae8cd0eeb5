//! A server of its own for each test, on a free port.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use god33_bus::InProcessBus;
use god33_domain::ports::{Bus, Clock, Store, SystemClock};
use god33_domain::{Limits, Timestamp};
use god33_log::{Board, Consumers, Log, LogConfig, LogInbox, Overseer, OverseerConfig, Presence, Pulse};
use god33_service::server::{Server, ServerConfig};
use god33_service::{App, LoopbackIsTrusted, Node};
use god33_store_sqlite::{SqliteConfig, SqliteStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::{Channel, Endpoint};
use uuid::Uuid;

/// How long anything may take before a test fails.
pub const DEADLINE: Duration = Duration::from_secs(30);

pub struct TestServer {
    pub address: SocketAddr,
    pub store: Arc<dyn Store>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    log: Log,
    end: CancellationToken,
    overseer: JoinHandle<()>,
    consumers: Consumers,
}

/// What differs from test to test.
pub struct Setup {
    pub store: Arc<dyn Store>,
    pub bus: Option<Arc<dyn Bus>>,
    pub config: ServerConfig,
    pub limits: Limits,
}

impl Setup {
    /// A log in memory and the defaults, but a quick pulse.
    pub async fn in_memory() -> Self {
        Self::on(Arc::new(SqliteStore::open(&SqliteConfig::in_memory()).await.unwrap()))
    }

    pub fn on(store: Arc<dyn Store>) -> Self {
        let config = ServerConfig {
            address: "127.0.0.1:0".into(),
            health_interval_ms: 20,
            health_timeout_ms: 500,
            ..ServerConfig::default()
        };
        Self { store, bus: None, config, limits: Limits::default() }
    }

    pub async fn start(self) -> TestServer {
        let Self { store, bus, config, limits } = self;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let log = Log::start(store.clone(), clock.clone(), &LogConfig::default()).await.unwrap();
        let inbox = Arc::new(LogInbox::new(log.writer.clone(), store.clone(), clock.clone()));
        let store_id = store.info().await.unwrap().store_id;
        let bus = bus.unwrap_or_else(|| Arc::new(InProcessBus::new(store_id, inbox, Limits::default())));
        let stop = CancellationToken::new();
        let server = Server::listen(config).await.unwrap();
        let address = server.address();
        let end = CancellationToken::new();
        let (board, _) = Board::start(store.clone(), log.tail.clone(), end.child_token()).await.unwrap();
        let pulse = Arc::new(Pulse::new(store.clone(), clock.clone()));
        tokio::spawn(pulse.clone().run(end.child_token()));
        let overseer = Overseer {
            store: store.clone(),
            writer: log.writer.clone(),
            board: board.clone(),
            pulse: pulse.clone(),
            clock: clock.clone(),
            config: OverseerConfig { tick_ms: 20, ..OverseerConfig::default() },
            node: Uuid::new_v4(),
            stop: end.child_token(),
        };
        let overseer = tokio::spawn(overseer.run());
        let consumers = Consumers::new(store.clone(), log.tail.clone(), clock.clone(), stop.child_token());
        let node = Node { id: Uuid::new_v4(), version: "test", started_at: Timestamp::now() };
        let presence = Presence {
            store: store.clone(),
            tail: log.tail.clone(),
            bus: bus.clone(),
            clock: clock.clone(),
            node: node.id,
            version: node.version,
            started_at: node.started_at,
            stop: end.child_token(),
        };
        tokio::spawn(presence.run());
        let app = Arc::new(App {
            node,
            writer: log.writer.clone(),
            tail: log.tail.clone(),
            board,
            pulse,
            consumers: consumers.clone(),
            clock,
            store: store.clone(),
            bus,
            authorizer: Arc::new(LoopbackIsTrusted),
            limits,
            min_position_wait: Duration::from_millis(100),
            stopping: stop.clone(),
        });
        TestServer { address, store, stop, serving: tokio::spawn(server.serve(app)), log, end, overseer, consumers }
    }
}

impl TestServer {
    pub async fn start() -> Self {
        Setup::in_memory().await.start().await
    }

    pub async fn channel(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }

    /// Tells it to stop, and does not wait.
    pub fn tell_to_stop(&self) {
        self.stop.cancel();
    }

    /// Stops it as the binary does: when this returns, everything that was accepted is written.
    pub async fn stop(self) {
        self.stop.cancel();
        within(self.serving).await.unwrap();
        within(self.consumers.closed()).await;
        self.end.cancel();
        within(self.overseer).await.unwrap();
        within(self.log.close()).await;
    }

    /// Sends an HTTP/1.1 request as it stands and gives back the whole answer as text.
    pub async fn http(&self, request: &[u8]) -> String {
        let mut socket = TcpStream::connect(self.address).await.unwrap();
        socket.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        within(socket.read_to_end(&mut answer)).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// Waits for something that has to happen.
pub async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.expect("it happens in time")
}

/// Waits until a condition holds.
pub async fn until<F: Future<Output = bool>>(what: &str, mut condition: impl FnMut() -> F) {
    let holds = async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(DEADLINE, holds).await.unwrap_or_else(|_| panic!("{what}: not in time"));
}
