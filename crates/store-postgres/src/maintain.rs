//! What has to be done from time to time.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use sqlx::{Connection, PgConnection, PgPool};

use crate::error::Doing;
use crate::memory::Memory;
use crate::month::Month;
use crate::partition::{self, MONTHS_AHEAD};
use crate::time::ceil;

const FORGET: &str = "forget old answers to requests";

/// Answers are forgotten so many at a time, so that no statement holds its locks for long.
const FORGET_AT_ONCE: i64 = 5_000;

/// See [`Store::maintain`](god33_domain::ports::Store::maintain).
pub(crate) async fn maintain(
    pool: &PgPool,
    memory: &Memory,
    now: Timestamp,
    forget_requests_before: Timestamp,
) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await.doing("make partitions for the months to come")?;
    ensure_months(&mut connection, memory, now).await?;
    partition::learn(&mut connection, memory).await?;
    forget_requests(&mut connection, forget_requests_before).await
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

async fn forget_requests(connection: &mut PgConnection, before: Timestamp) -> Result<(), StoreError> {
    loop {
        let forgotten = sqlx::query(
            "delete from request_results where request_id in
             (select request_id from request_results where recorded_at < $1 order by recorded_at limit $2)",
        )
        .bind(ceil(before))
        .bind(FORGET_AT_ONCE)
        .execute(&mut *connection)
        .await
        .doing(FORGET)?;
        if forgotten.rows_affected() < FORGET_AT_ONCE.unsigned_abs() {
            return Ok(());
        }
    }
}
