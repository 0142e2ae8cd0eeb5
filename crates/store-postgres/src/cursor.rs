//! How far named readers of the log have come.

use god33_domain::Position;
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use crate::error::Doing;
use crate::row::number;

/// A reader's position.
pub(crate) async fn get(connection: &mut PgConnection, name: &str) -> Result<Position, StoreError> {
    let position: Option<i64> = sqlx::query_scalar("select position from cursors where name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await
        .doing("read how far a reader has come")?;
    Ok(position.map_or(Position::START, Position::from_i64))
}

/// Moves a reader forward. The lease's row is locked meanwhile: a new holder either waits for this move and begins behind it, or
/// came first and has raised the token, and then nothing moves.
pub(crate) async fn advance(
    connection: &mut PgConnection,
    name: &str,
    to: Position,
    token: u64,
) -> Result<bool, StoreError> {
    let moved = sqlx::query(
        "insert into cursors as c (name, position)
         select name, $2 from leases where name = $1 and token = $3 for share
         on conflict (name) do update set position = greatest(c.position, excluded.position)",
    )
    .bind(name)
    .bind(to.as_i64())
    .bind(number(token))
    .execute(connection)
    .await
    .doing("move a reader forward")?;
    Ok(moved.rows_affected() == 1)
}
