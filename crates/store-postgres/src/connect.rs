//! Opens the store.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::Timestamp;
use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};

use crate::error::NoAnswer;
use crate::lend::Lender;
use crate::maintain::ensure_months;
use crate::memory::Memory;
use crate::server::Server;
use crate::wake::Ear;
use crate::{OpenError, PostgresConfig, PostgresStore, migrate, partition};

const CONNECT: &str = "connect to PostgreSQL";
const DISCONNECT: &str = "end the connection to PostgreSQL";

/// One transaction at a time holds the head; the second connection is there while the first is being handed back.
const WRITERS: u32 = 2;

/// A connection that rested longer than this is asked for a sign of life before it is used.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// How long that sign of life may take: then another connection is tried, while there is time.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// How long one attempt to connect a listener may take.
const LISTENER_PATIENCE: Duration = Duration::from_secs(5);

/// See [`PostgresStore::migrate`].
pub(crate) async fn migrate(config: &PostgresConfig) -> Result<(), OpenError> {
    let mut connection = connect_once(config, &config.options()?).await?;
    Server::check(&mut connection).await?;
    migrate::run(&mut connection).await?;
    let memory = Memory::default();
    partition::learn(&mut connection, &memory).await?;
    ensure_months(&mut connection, &memory, Timestamp::now()).await?;
    connection.close().await.map_err(unreachable(DISCONNECT))
}

/// See [`PostgresStore::connect`].
pub(crate) async fn connect(config: PostgresConfig) -> Result<PostgresStore, OpenError> {
    let options = config.limited_options()?;
    let memory = Arc::new(Memory::default());
    let patience = config.answer_timeout();
    let server = tokio::time::timeout(patience, prepare(&config, &options, &memory));
    let server = server.await.unwrap_or_else(|_| Err(NoAnswer::within(patience).into()))?;
    let readers = config.max_connections.saturating_sub(WRITERS).max(1);
    Ok(PostgresStore {
        reads: Lender::new(pool(&config, readers).connect_lazy_with(options), patience),
        writes: Lender::new(pool(&config, WRITERS).connect_lazy_with(server.writer_options(&config)?), patience),
        ear: Ear { options: config.options()?, patience },
        memory,
    })
}

async fn prepare(config: &PostgresConfig, options: &PgConnectOptions, memory: &Memory) -> Result<Server, OpenError> {
    let mut connection = connect_once(config, options).await?;
    let server = Server::check(&mut connection).await?;
    migrate::check(&mut connection).await?;
    partition::learn(&mut connection, memory).await?;
    ensure_months(&mut connection, memory, Timestamp::now()).await?;
    connection.close().await.map_err(unreachable(DISCONNECT))?;
    Ok(server)
}

/// One attempt, whose error says what is wrong. A pool would keep trying and then say that time ran out.
async fn connect_once(config: &PostgresConfig, options: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    timely(config.acquire_timeout(), PgConnection::connect_with(options)).await.map_err(unreachable(CONNECT))
}

/// The driver's answer, or its error for what takes too long.
pub(crate) async fn timely<T>(
    patience: Duration,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    tokio::time::timeout(patience, answer).await.unwrap_or_else(|elapsed| Err(sqlx::Error::Io(elapsed.into())))
}

fn pool(config: &PostgresConfig, max_connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(config.acquire_timeout())
        .test_before_acquire(false)
        .before_acquire(|connection, metadata| Box::pin(is_alive(connection, metadata)))
}

/// Asks only after a rest: a question before every use would double the round trips of a busy node.
async fn is_alive(connection: &mut PgConnection, metadata: PoolConnectionMetadata) -> Result<bool, sqlx::Error> {
    if metadata.idle_for > TRUSTED_FOR {
        timely(SIGN_OF_LIFE, connection.ping()).await?;
    }
    Ok(true)
}

/// A pool of one connection, for a listener: it keeps the connection for good, and asks the pool for a new one when it breaks.
pub(crate) async fn listener_pool(options: &PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(LISTENER_PATIENCE)
        .max_lifetime(None)
        .idle_timeout(None)
        .connect_with(options.clone())
        .await
}

/// Says what was being done when a driver's call failed.
pub(crate) fn unreachable(operation: &'static str) -> impl Fn(sqlx::Error) -> OpenError {
    move |source| OpenError::Unreachable { operation, source: source.into() }
}
