//! Where projectors stand.

use std::collections::BTreeMap;

use god33_domain::Position;
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use crate::error::Doing;

/// Moves their cursors.
pub(super) async fn upsert(
    connection: &mut PgConnection,
    cursors: &BTreeMap<String, Position>,
) -> Result<(), StoreError> {
    if cursors.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into projectors (name, position) select * from unnest($1::text[], $2::bigint[])
         on conflict (name) do update set position = excluded.position",
    )
    .bind(cursors.keys().map(String::as_str).collect::<Vec<&str>>())
    .bind(cursors.values().map(|position| position.as_i64()).collect::<Vec<i64>>())
    .execute(connection)
    .await
    .doing("move projectors")?;
    Ok(())
}
