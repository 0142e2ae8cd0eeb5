//! Edges of new events to their causes, and of earlier ones that waited.

use god33_domain::Position;
use god33_domain::plan::{Edge, ResolvedParent};
use god33_domain::ports::StoreError;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Doing;
use crate::transaction::Waits;

/// Inserts the edges of new events.
pub(super) async fn insert(connection: &mut PgConnection, edges: &[Edge]) -> Result<(), StoreError> {
    if edges.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into causes (child_position, ordinal, child_id, parent_id, parent_position)
         select * from unnest($1::bigint[], $2::integer[], $3::uuid[], $4::uuid[], $5::bigint[])",
    )
    .bind(edges.iter().map(|edge| edge.child.as_i64()).collect::<Vec<i64>>())
    .bind(edges.iter().map(|edge| ordinal(edge.ordinal)).collect::<Vec<i32>>())
    .bind(edges.iter().map(|edge| edge.child_id.uuid()).collect::<Vec<Uuid>>())
    .bind(edges.iter().map(|edge| edge.parent_id.uuid()).collect::<Vec<Uuid>>())
    .bind(edges.iter().map(|edge| edge.parent.map(Position::as_i64)).collect::<Vec<Option<i64>>>())
    .execute(connection)
    .await
    .doing("record the causes of events")?;
    Ok(())
}

/// No message is long enough to name two thousand million parents.
fn ordinal(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Gives the edges that waited for new events their positions. Events that nobody waits for, as the batch's loading found, are
/// left out; when none remain there is no statement.
pub(super) async fn resolve(
    connection: &mut PgConnection,
    resolved: &[ResolvedParent],
    waits: &Waits,
) -> Result<(), StoreError> {
    let awaited: Vec<&ResolvedParent> = resolved.iter().filter(|parent| waits.may_wait_for(parent.event_id)).collect();
    if awaited.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update causes c set parent_position = r.position from unnest($1::uuid[], $2::bigint[]) as r(event_id, position)
         where c.parent_id = r.event_id and c.parent_position is null",
    )
    .bind(awaited.iter().map(|parent| parent.event_id.uuid()).collect::<Vec<Uuid>>())
    .bind(awaited.iter().map(|parent| parent.position.as_i64()).collect::<Vec<i64>>())
    .execute(connection)
    .await
    .doing("resolve causes that arrived late")?;
    Ok(())
}
