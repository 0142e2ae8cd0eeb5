//! The partitions of the table `events`, one a month.

use god33_domain::Position;
use god33_domain::ports::StoreError;
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::error::Doing;
use crate::memory::Memory;
use crate::month::Month;

const MAKE: &str = "make a partition for a month of events";
const LIST: &str = "list the partitions of the events";

/// How many months ahead have their partitions.
pub(crate) const MONTHS_AHEAD: usize = 3;

/// Makes the partitions of these months as far as they are missing. To be called inside a transaction.
///
/// A table is made on its own and then attached: that shuts out other makers of partitions, but neither readers nor writers, as
/// `create table … partition of` would. A statement that was planned a moment before does not see the new month: its log ends
/// earlier, without a hole, since the newest month is the one that is new.
pub(crate) async fn ensure(connection: &mut PgConnection, months: &[Month]) -> Result<(), StoreError> {
    sqlx::query("lock table only events in share update exclusive mode").execute(&mut *connection).await.doing(MAKE)?;
    for month in months {
        if !exists(connection, *month).await? {
            create(connection, *month).await?;
        }
    }
    Ok(())
}

async fn exists(connection: &mut PgConnection, month: Month) -> Result<bool, StoreError> {
    sqlx::query_scalar("select to_regclass($1) is not null").bind(month.table()).fetch_one(connection).await.doing(MAKE)
}

async fn create(connection: &mut PgConnection, month: Month) -> Result<(), StoreError> {
    let (table, begin, end) = (month.table(), month.begin(), month.next().begin());
    // The names and times are made of numbers; neither can be bound in statements of this kind.
    let script = format!(
        "create table {table} (like events including all);
         alter table events attach partition {table} for values from ('{begin}') to ('{end}')"
    );
    sqlx::raw_sql(AssertSqlSafe(script)).execute(connection).await.doing(MAKE)?;
    tracing::info!(partition = table, "made a partition for events");
    Ok(())
}

/// Learns which partitions there are, and where each begins.
pub(crate) async fn learn(connection: &mut PgConnection, memory: &Memory) -> Result<(), StoreError> {
    let names: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass",
    )
    .fetch_all(&mut *connection)
    .await
    .doing(LIST)?;
    for month in names.iter().filter_map(|name| Month::from_table(name)) {
        let first = format!("select min(position) from {}", month.table());
        let row = sqlx::query(AssertSqlSafe(first)).persistent(false).fetch_one(&mut *connection).await.doing(LIST)?;
        let first: Option<i64> = row.try_get(0).doing(LIST)?;
        memory.know_month(month, first.map(Position::from_i64));
    }
    Ok(())
}
