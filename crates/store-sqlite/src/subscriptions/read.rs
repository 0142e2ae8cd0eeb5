//! Reads groups, deliveries and cursors.

use god33_domain::Position;
use god33_domain::ports::StoreError;
use god33_domain::subscription::{Group, ParkedKeyPolicy, Unsettled, Work};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use crate::SqliteStore;
use crate::error::failed;
use crate::row::{Columns, limit as sql_limit, number};

const WORK: &str = "read a durable subscription";
const PARKED: &str = "read parked deliveries";

/// In one snapshot, so that the deliveries are those of the revision.
pub(super) async fn work(store: &SqliteStore, name: &str) -> Result<Option<Work>, StoreError> {
    let mut reader = store.connections.read(WORK).await?;
    let mut snapshot = reader.connection.begin().await.map_err(failed(WORK))?;
    let row = sqlx::query("select revision, state from subscriptions where name = ?")
        .bind(name)
        .fetch_optional(&mut *snapshot)
        .await
        .map_err(failed(WORK))?;
    let Some(row) = row else { return Ok(None) };
    let mut columns = Columns::of(&row, WORK);
    let (revision, group): (i64, Group) = (columns.get()?, columns.json()?);
    let rows = sqlx::query("select delivery from deliveries where subscription = ? and not parked order by id")
        .bind(name)
        .fetch_all(&mut *snapshot)
        .await
        .map_err(failed(WORK))?;
    let parked_keys = match group.settings.parked_keys {
        ParkedKeyPolicy::Pass => Vec::new(),
        ParkedKeyPolicy::Block => parked_keys(&mut snapshot, name).await?,
    };
    Ok(Some(Work::new(group, revision.unsigned_abs(), deliveries(&rows, WORK)?, parked_keys)))
}

async fn parked_keys(connection: &mut SqliteConnection, name: &str) -> Result<Vec<(String, u64)>, StoreError> {
    let sql = "select order_key, min(id) from deliveries where subscription = ? and parked and order_key is not null \
        group by order_key";
    let rows = sqlx::query(sql).bind(name).fetch_all(connection).await.map_err(failed(WORK))?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, WORK);
        Ok((columns.get()?, columns.get::<i64>()?.unsigned_abs()))
    });
    read.collect()
}

fn deliveries(rows: &[SqliteRow], operation: &'static str) -> Result<Vec<Unsettled>, StoreError> {
    rows.iter().map(|row| Columns::of(row, operation).json()).collect()
}

pub(super) async fn revision(store: &SqliteStore, name: &str) -> Result<Option<u64>, StoreError> {
    let mut reader = store.connections.read(WORK).await?;
    let revision: Option<i64> = sqlx::query_scalar("select revision from subscriptions where name = ?")
        .bind(name)
        .fetch_optional(&mut *reader.connection)
        .await
        .map_err(failed(WORK))?;
    Ok(revision.map(i64::unsigned_abs))
}

pub(super) async fn names(store: &SqliteStore, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
    const OPERATION: &str = "list durable subscriptions";
    let mut reader = store.connections.read(OPERATION).await?;
    sqlx::query_scalar("select name from subscriptions where name > ? order by name limit ?")
        .bind(after)
        .bind(sql_limit(limit))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))
}

pub(super) async fn parked(
    store: &SqliteStore,
    name: &str,
    after: u64,
    limit: usize,
) -> Result<Vec<Unsettled>, StoreError> {
    let sql = "select delivery from deliveries where subscription = ? and parked and id > ? order by id limit ?";
    let mut reader = store.connections.read(PARKED).await?;
    let rows = sqlx::query(sql)
        .bind(name)
        .bind(number(after))
        .bind(sql_limit(limit))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(PARKED))?;
    deliveries(&rows, PARKED)
}

pub(super) async fn parked_among(store: &SqliteStore, name: &str, ids: &[u64]) -> Result<Vec<Unsettled>, StoreError> {
    let sql = "select delivery from deliveries where subscription = ? and parked \
        and id in (select value from json_each(?))";
    let mut reader = store.connections.read(PARKED).await?;
    let rows = sqlx::query(sql)
        .bind(name)
        .bind(serde_json::Value::from(ids).to_string())
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(PARKED))?;
    deliveries(&rows, PARKED)
}

pub(super) async fn count_parked(store: &SqliteStore, name: &str) -> Result<u64, StoreError> {
    let mut reader = store.connections.read(PARKED).await?;
    let count: i64 = sqlx::query_scalar("select count(*) from deliveries where subscription = ? and parked")
        .bind(name)
        .fetch_one(&mut *reader.connection)
        .await
        .map_err(failed(PARKED))?;
    Ok(count.unsigned_abs())
}

pub(super) async fn projector_cursor(store: &SqliteStore, name: &str) -> Result<Position, StoreError> {
    const OPERATION: &str = "read where a projector stands";
    let mut reader = store.connections.read(OPERATION).await?;
    let position: Option<i64> = sqlx::query_scalar("select position from projectors where name = ?")
        .bind(name)
        .fetch_optional(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    Ok(position.map_or(Position::START, Position::from_i64))
}
