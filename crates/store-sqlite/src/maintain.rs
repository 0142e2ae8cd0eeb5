//! What has to be done from time to time.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use sqlx::Executor as _;

use crate::SqliteStore;
use crate::error::failed;
use crate::time::ceil;
use crate::upkeep;

/// How many answers are dropped at once: few enough that nobody waits long for the writing connection.
const ANSWERS_AT_ONCE: i64 = 5_000;
/// From this many pages on (64 MiB), the write-ahead log is put into the file as a whole. SQLite does it by itself from 1,000 on,
/// but only up to where the oldest read stands.
const LARGE_WAL_PAGES: i64 = 16_384;

pub(crate) async fn maintain(store: &SqliteStore, forget_requests_before: Timestamp) -> Result<(), StoreError> {
    // First, before writing makes SQLite begin the write-ahead log anew, which leaves its length as it was.
    if store.connections.memory.is_none() {
        checkpoint(store).await?;
    }
    for sql in FORGET_ANSWERS {
        while forget_some(store, sql, forget_requests_before).await? {}
    }
    upkeep::forget_nodes(store, forget_requests_before).await?;
    optimize(store).await
}

const FORGET_ANSWERS: [&str; 3] = [
    "delete from request_results where request_id in \
        (select request_id from request_results where recorded_at < ? order by recorded_at limit ?)",
    "delete from replay_requests where request_id in \
        (select request_id from replay_requests where answered_at < ? order by answered_at limit ?)",
    "delete from kept_answers where request_id in \
        (select request_id from kept_answers where recorded_at < ? order by recorded_at limit ?)",
];

/// True when there may be more.
async fn forget_some(store: &SqliteStore, sql: &'static str, before: Timestamp) -> Result<bool, StoreError> {
    const OPERATION: &str = "forget old answers";
    let mut writer = store.connections.write(OPERATION).await?;
    let forgotten = sqlx::query(sql)
        .bind(ceil(before))
        .bind(ANSWERS_AT_ONCE)
        .execute(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))?;
    Ok(forgotten.rows_affected() >= ANSWERS_AT_ONCE.unsigned_abs())
}

/// Lets SQLite look again at how its tables are filled, where that changed much. It looks at a sample only.
async fn optimize(store: &SqliteStore) -> Result<(), StoreError> {
    const OPERATION: &str = "bring its statistics up to date";
    let mut writer = store.connections.write(OPERATION).await?;
    writer.connection.execute("pragma optimize").await.map_err(failed(OPERATION)).map(drop)
}

async fn checkpoint(store: &SqliteStore) -> Result<(), StoreError> {
    const OPERATION: &str = "put the write-ahead log into the database file";
    let mut writer = store.connections.write(OPERATION).await?;
    // Answers whether it was held up, how long the log is and how much of it is in the file now.
    let passive: (i64, i64, i64) = sqlx::query_as("pragma wal_checkpoint(passive)")
        .fetch_one(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))?;
    if passive.1 >= LARGE_WAL_PAGES {
        writer.connection.execute("pragma wal_checkpoint(truncate)").await.map_err(failed(OPERATION))?;
    }
    Ok(())
}
