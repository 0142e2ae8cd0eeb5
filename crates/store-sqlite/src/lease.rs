//! Leases: who of several may do a thing that one at a time must do. Time is SQLite's own, so holders' clocks do not matter.

use std::time::Duration;

use god33_domain::ports::{Lease, StoreError};
use uuid::Uuid;

use crate::SqliteStore;
use crate::error::{corrupt, failed};

pub(crate) async fn lease(
    store: &SqliteStore,
    name: &str,
    holder: Uuid,
    time_to_live: Duration,
) -> Result<Option<Lease>, StoreError> {
    const OPERATION: &str = "take a lease";
    // One statement, so that nobody can come between the look and the taking.
    let sql = "insert into leases (name, holder, token, expires_at) \
        values (?1, ?2, 1, cast(unixepoch('subsec') * 1000 as integer) + ?3) \
        on conflict (name) do update set \
            token = token + (holder is not excluded.holder), holder = excluded.holder, expires_at = excluded.expires_at \
        where holder is null or holder = excluded.holder \
            or expires_at <= cast(unixepoch('subsec') * 1000 as integer) \
        returning token";
    let mut writer = store.connections.write(OPERATION).await?;
    // All rows (there is one at most), since only with the last one does the statement end, commit, and tell if that failed.
    let tokens: Vec<i64> = sqlx::query_scalar(sql)
        .bind(name)
        .bind(holder)
        .bind(millis(time_to_live))
        .fetch_all(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))?;
    let token = tokens
        .first()
        .copied()
        .map(u64::try_from)
        .transpose()
        .map_err(|error| corrupt(OPERATION, error.to_string()))?;
    Ok(token.map(|token| Lease { token }))
}

/// Who holds a lease now.
pub(crate) async fn holder(store: &SqliteStore, name: &str) -> Result<Option<Uuid>, StoreError> {
    const OPERATION: &str = "read who holds a lease";
    let sql = "select holder from leases where name = ? and expires_at > cast(unixepoch('subsec') * 1000 as integer)";
    let mut reader = store.connections.read(OPERATION).await?;
    let holder: Option<Option<Uuid>> =
        sqlx::query_scalar(sql).bind(name).fetch_optional(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    Ok(holder.flatten())
}

/// Rounded up, so that a lease is never shorter than it was asked for, and short enough to be added to any time.
fn millis(duration: Duration) -> i64 {
    let millis = duration.as_nanos().div_ceil(1_000_000);
    i64::try_from(millis).unwrap_or(i64::MAX).min(i64::MAX / 2)
}

pub(crate) async fn release(store: &SqliteStore, name: &str, holder: Uuid) -> Result<(), StoreError> {
    const OPERATION: &str = "give up a lease";
    let mut writer = store.connections.write(OPERATION).await?;
    sqlx::query("update leases set holder = null, expires_at = 0 where name = ? and holder = ?")
        .bind(name)
        .bind(holder)
        .execute(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))
        .map(drop)
}
