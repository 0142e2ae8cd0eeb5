//! Writes a decided batch. What is written where: `commit/events.rs` the log itself, `commit/causes.rs` its edges and what was
//! waiting for it, `commit/states.rs` what is derived from it.

mod causes;
mod events;
pub(crate) mod rows;
mod states;

use god33_domain::plan::{Head, Writes};
use god33_domain::ports::StoreError;
use sqlx::sqlite::SqliteConnection;

use crate::error::{corrupt, failed};

pub(crate) const OPERATION: &str = "write a batch to the log";

/// Writes everything inside the transaction that is open on the connection. `before` is the head that the batch was decided on.
pub(crate) async fn write(connection: &mut SqliteConnection, before: Head, writes: &Writes) -> Result<(), StoreError> {
    events::insert(connection, &writes.events).await?;
    causes::insert(connection, &writes.edges).await?;
    causes::resolve(connection, &writes.resolved).await?;
    events::fill_in(connection, &writes.late).await?;
    states::keep_sessions(connection, &writes.sessions).await?;
    states::keep_workflows(connection, &writes.workflows().collect::<Vec<_>>()).await?;
    states::keep_states(connection, &writes.other_states().collect::<Vec<_>>()).await?;
    states::keep_requests(connection, &writes.requests).await?;
    states::keep_cursors(connection, &writes.cursors).await?;
    move_head(connection, before, writes.head).await
}

async fn move_head(connection: &mut SqliteConnection, before: Head, after: Head) -> Result<(), StoreError> {
    let moved = sqlx::query("update log set position = ?, recorded_at = ? where position = ?")
        .bind(after.position.as_i64())
        .bind(after.recorded_at.micros())
        .bind(before.position.as_i64())
        .execute(connection)
        .await
        .map_err(failed(OPERATION))?;
    match moved.rows_affected() {
        1 => Ok(()),
        _ => Err(corrupt(OPERATION, format!("the head was to be at position {} and is not", before.position))),
    }
}
