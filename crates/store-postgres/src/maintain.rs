//! What has to be done from time to time.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use sqlx::{Connection, PgConnection};

use crate::error::Doing;
use crate::lend::Lender;
use crate::memory::Memory;
use crate::month::Month;
use crate::partition::{self, MONTHS_AHEAD};
use crate::time::ceil;
use crate::upkeep;

const FORGET: &str = "forget old answers to requests";

/// Answers are forgotten so many at a time, so that no statement holds its locks for long.
const FORGET_AT_ONCE: i64 = 5_000;

/// See [`Store::maintain`](god33_domain::ports::Store::maintain). Each step has its own time.
pub(crate) async fn maintain(
    lender: &Lender,
    memory: &Memory,
    now: Timestamp,
    forget_requests_before: Timestamp,
) -> Result<(), StoreError> {
    lender.ask(async |connection| ensure_months(connection, memory, now).await).await?;
    lender.ask(async |connection| partition::learn(connection, memory).await).await?;
    for sql in FORGET_ANSWERS {
        while lender.ask(async |connection| forget_some(connection, sql, forget_requests_before).await).await? {}
    }
    lender.ask(async |connection| upkeep::forget_nodes(connection, forget_requests_before).await).await?;
    Ok(())
}

/// Makes the partitions of a time's month and of the next ones, as far as they are not known to be there.
pub(crate) async fn ensure_months(
    connection: &mut PgConnection,
    memory: &Memory,
    now: Timestamp,
) -> Result<(), StoreError> {
    const MAKE: &str = "make partitions for the months to come";
    let months = memory.unknown_months(Month::of(now).and_next(MONTHS_AHEAD));
    if months.is_empty() {
        return Ok(());
    }
    let mut transaction = connection.begin().await.doing(MAKE)?;
    partition::ensure(&mut transaction, &months).await?;
    transaction.commit().await.doing(MAKE)?;
    months.into_iter().for_each(|month| memory.know_month(month, None));
    Ok(())
}

const FORGET_ANSWERS: [&str; 3] = [
    "delete from request_results where request_id in
       (select request_id from request_results where recorded_at < $1 order by recorded_at limit $2)",
    "delete from replay_requests where request_id in
       (select request_id from replay_requests where answered_at < $1 order by answered_at limit $2)",
    "delete from kept_answers where request_id in
       (select request_id from kept_answers where recorded_at < $1 order by recorded_at limit $2)",
];

/// True when there may be more to forget.
async fn forget_some(connection: &mut PgConnection, sql: &'static str, before: Timestamp) -> Result<bool, StoreError> {
    let forgotten = sqlx::query(sql).bind(ceil(before)).bind(FORGET_AT_ONCE).execute(connection).await.doing(FORGET)?;
    Ok(forgotten.rows_affected() >= FORGET_AT_ONCE.unsigned_abs())
}
