//! How far named readers of the log have come.

use god33_domain::Position;
use god33_domain::ports::StoreError;

use crate::SqliteStore;
use crate::error::failed;

pub(crate) async fn cursor(store: &SqliteStore, name: &str) -> Result<Position, StoreError> {
    const OPERATION: &str = "read a cursor";
    let mut reader = store.connections.read(OPERATION).await?;
    let position: Option<i64> = sqlx::query_scalar("select position from cursors where name = ?")
        .bind(name)
        .fetch_optional(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    Ok(position.map_or(Position::START, Position::from_i64))
}

pub(crate) async fn advance_cursor(
    store: &SqliteStore,
    name: &str,
    to: Position,
    token: u64,
) -> Result<bool, StoreError> {
    const OPERATION: &str = "advance a cursor";
    // The lease is looked up in the same statement: a reader that was superseded can move nothing.
    let sql = "insert into cursors (name, position) select name, ?2 from leases where name = ?1 and token = ?3 \
        on conflict (name) do update set position = max(position, excluded.position)";
    let mut writer = store.connections.write(OPERATION).await?;
    let moved = sqlx::query(sql)
        .bind(name)
        .bind(to.as_i64())
        // No lease has a token that a column cannot hold.
        .bind(i64::try_from(token).unwrap_or(-1))
        .execute(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))?;
    Ok(moved.rows_affected() == 1)
}
