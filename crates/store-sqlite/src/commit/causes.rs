//! The edges between events.

use god33_domain::plan::{Edge, ResolvedParent};
use god33_domain::ports::StoreError;
use sqlx::sqlite::SqliteConnection;

use super::OPERATION;
use super::rows::{Insert, Query};
use crate::error::failed;
use crate::ids;

const CAUSES: Insert =
    Insert { into: "causes (child_position, ordinal, child_id, parent_id, parent_position)", columns: 5, then: "" };

pub(super) async fn insert(connection: &mut SqliteConnection, edges: &[Edge]) -> Result<(), StoreError> {
    CAUSES.all(connection, edges, bind_edge).await
}

fn bind_edge<'q>(query: Query<'q>, edge: &'q Edge) -> Query<'q> {
    query
        .bind(edge.child.as_i64())
        .bind(edge.ordinal)
        .bind(edge.child_id.uuid())
        .bind(edge.parent_id.uuid())
        .bind(edge.parent.map(|parent| parent.as_i64()))
}

/// Tells edges that waited for these events where they stand. Their identities are written already.
pub(super) async fn resolve(connection: &mut SqliteConnection, resolved: &[ResolvedParent]) -> Result<(), StoreError> {
    if resolved.is_empty() {
        return Ok(());
    }
    let sql = "update causes indexed by causes_waiting \
        set parent_position = (select position from identities where event_id = parent_id) \
        where parent_position is null and parent_id in (select unhex(value) from json_each(?))";
    sqlx::query(sql)
        .bind(ids::hex_array(resolved.iter().map(|parent| parent.event_id.uuid())))
        .execute(connection)
        .await
        .map_err(failed(OPERATION))
        .map(drop)
}
