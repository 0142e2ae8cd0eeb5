//! The end of the log.

use god33_domain::plan::Head;
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use crate::error::Doing;
use crate::time::floor;
use crate::wake::CHANNEL;

/// Moves the head and wakes the other nodes, which hear of it when and only when the transaction commits.
pub(super) async fn advance(connection: &mut PgConnection, from: Head, to: Head) -> Result<(), StoreError> {
    if from == to {
        return Ok(());
    }
    sqlx::query(
        "with moved as (update log set position = $1, recorded_at = $2 returning position)
         select pg_notify($3, position::text) from moved",
    )
    .bind(to.position.as_i64())
    .bind(floor(to.recorded_at))
    .bind(CHANNEL)
    .execute(connection)
    .await
    .doing("move the head of the log")?;
    Ok(())
}
