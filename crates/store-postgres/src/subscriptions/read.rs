//! Reads groups, deliveries and cursors.

use god33_domain::Position;
use god33_domain::ports::StoreError;
use god33_domain::subscription::{Group, ParkedKeyPolicy, Unsettled, Work};
use sqlx::PgConnection;
use sqlx::postgres::PgRow;

use crate::error::Doing;
use crate::read::as_limit;
use crate::row::{Columns, number};

const WORK: &str = "read a durable subscription";
const PARKED: &str = "read parked deliveries";

/// The revision is read first: should somebody write before the deliveries are read, no change that rests on them can be written.
pub(super) async fn work(connection: &mut PgConnection, name: &str) -> Result<Option<Work>, StoreError> {
    let row = sqlx::query("select revision, state::text from subscriptions where name = $1")
        .bind(name)
        .fetch_optional(&mut *connection)
        .await
        .doing(WORK)?;
    let Some(row) = row else { return Ok(None) };
    let mut columns = Columns::of(&row, WORK);
    let (revision, group): (i64, Group) = (columns.take()?, columns.document()?);
    let rows = sqlx::query("select delivery::text from deliveries where subscription = $1 and not parked order by id")
        .bind(name)
        .fetch_all(&mut *connection)
        .await
        .doing(WORK)?;
    let parked_keys = match group.settings.parked_keys {
        ParkedKeyPolicy::Pass => Vec::new(),
        ParkedKeyPolicy::Block => parked_keys(connection, name).await?,
    };
    Ok(Some(Work::new(group, revision.unsigned_abs(), deliveries(&rows, WORK)?, parked_keys)))
}

async fn parked_keys(connection: &mut PgConnection, name: &str) -> Result<Vec<(String, u64)>, StoreError> {
    let rows = sqlx::query(
        "select order_key, min(id) from deliveries where subscription = $1 and parked and order_key is not null
         group by order_key",
    )
    .bind(name)
    .fetch_all(connection)
    .await
    .doing(WORK)?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, WORK);
        Ok((columns.take()?, columns.take::<i64>()?.unsigned_abs()))
    });
    read.collect()
}

fn deliveries(rows: &[PgRow], operation: &'static str) -> Result<Vec<Unsettled>, StoreError> {
    rows.iter().map(|row| Columns::of(row, operation).document()).collect()
}

pub(super) async fn revision(connection: &mut PgConnection, name: &str) -> Result<Option<u64>, StoreError> {
    let revision: Option<i64> = sqlx::query_scalar("select revision from subscriptions where name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await
        .doing(WORK)?;
    Ok(revision.map(i64::unsigned_abs))
}

pub(super) async fn names(connection: &mut PgConnection, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("select name from subscriptions where name > $1 order by name limit $2")
        .bind(after)
        .bind(as_limit(limit))
        .fetch_all(connection)
        .await
        .doing("list durable subscriptions")
}

pub(super) async fn parked(
    connection: &mut PgConnection,
    name: &str,
    after: u64,
    limit: usize,
) -> Result<Vec<Unsettled>, StoreError> {
    let rows = sqlx::query(
        "select delivery::text from deliveries where subscription = $1 and parked and id > $2 order by id limit $3",
    )
    .bind(name)
    .bind(number(after))
    .bind(as_limit(limit))
    .fetch_all(connection)
    .await
    .doing(PARKED)?;
    deliveries(&rows, PARKED)
}

pub(super) async fn parked_among(
    connection: &mut PgConnection,
    name: &str,
    ids: &[u64],
) -> Result<Vec<Unsettled>, StoreError> {
    let ids: Vec<i64> = ids.iter().filter_map(|id| i64::try_from(*id).ok()).collect();
    let rows = sqlx::query("select delivery::text from deliveries where subscription = $1 and parked and id = any($2)")
        .bind(name)
        .bind(ids)
        .fetch_all(connection)
        .await
        .doing(PARKED)?;
    deliveries(&rows, PARKED)
}

pub(super) async fn count_parked(connection: &mut PgConnection, name: &str) -> Result<u64, StoreError> {
    let count: i64 = sqlx::query_scalar("select count(*) from deliveries where subscription = $1 and parked")
        .bind(name)
        .fetch_one(connection)
        .await
        .doing(PARKED)?;
    Ok(count.unsigned_abs())
}

pub(super) async fn projector_cursor(connection: &mut PgConnection, name: &str) -> Result<Position, StoreError> {
    let position: Option<i64> = sqlx::query_scalar("select position from projectors where name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await
        .doing("read where a projector stands")?;
    Ok(position.map_or(Position::START, Position::from_i64))
}
