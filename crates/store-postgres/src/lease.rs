//! Leases, by the database's clock: nodes need not agree on the time.

use std::time::Duration;

use god33_domain::ports::{Lease, StoreError};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Doing;

/// Takes or keeps a lease. `clock_timestamp`, since a transaction's own time stands still while it waits for the row.
pub(crate) async fn take(
    connection: &mut PgConnection,
    name: &str,
    holder: Uuid,
    time_to_live: Duration,
) -> Result<Option<Lease>, StoreError> {
    let token: Option<i64> = sqlx::query_scalar(
        "insert into leases as l (name, holder, token, expires_at)
         values ($1, $2, 1, clock_timestamp() + $3 * interval '1 microsecond')
         on conflict (name) do update
         set holder = excluded.holder,
             token = case when l.holder = excluded.holder then l.token else l.token + 1 end,
             expires_at = clock_timestamp() + $3 * interval '1 microsecond'
         where l.holder = excluded.holder or l.expires_at <= clock_timestamp()
         returning l.token",
    )
    .bind(name)
    .bind(holder)
    .bind(micros(time_to_live))
    .fetch_optional(connection)
    .await
    .doing("take a lease")?;
    Ok(token.map(|token| Lease { token: token.unsigned_abs() }))
}

/// A century at most: PostgreSQL's own times end somewhere.
fn micros(time: Duration) -> i64 {
    const CENTURY: Duration = Duration::from_secs(100 * 366 * 24 * 3_600);
    i64::try_from(time.min(CENTURY).as_micros()).unwrap_or(i64::MAX)
}

/// Who holds a lease now.
pub(crate) async fn holder(connection: &mut PgConnection, name: &str) -> Result<Option<Uuid>, StoreError> {
    let holder: Option<Option<Uuid>> =
        sqlx::query_scalar("select holder from leases where name = $1 and expires_at > clock_timestamp()")
            .bind(name)
            .fetch_optional(connection)
            .await
            .doing("read who holds a lease")?;
    Ok(holder.flatten())
}

/// Gives a lease up. The row stays, for its token.
pub(crate) async fn release(connection: &mut PgConnection, name: &str, holder: Uuid) -> Result<(), StoreError> {
    sqlx::query("update leases set holder = null, expires_at = '-infinity' where name = $1 and holder = $2")
        .bind(name)
        .bind(holder)
        .execute(connection)
        .await
        .doing("give up a lease")?;
    Ok(())
}
