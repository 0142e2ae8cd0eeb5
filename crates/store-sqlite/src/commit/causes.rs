//! The edges between events.

use god33_domain::plan::{Edge, ResolvedParent};
use god33_domain::ports::StoreError;
use sqlx::sqlite::SqliteConnection;

use super::OPERATION;
use crate::error::failed;

pub(super) async fn insert(connection: &mut SqliteConnection, edges: &[Edge]) -> Result<(), StoreError> {
    let sql =
        "insert into causes (child_position, ordinal, child_id, parent_id, parent_position) values (?, ?, ?, ?, ?)";
    for edge in edges {
        sqlx::query(sql)
            .bind(edge.child.as_i64())
            .bind(edge.ordinal)
            .bind(edge.child_id.uuid())
            .bind(edge.parent_id.uuid())
            .bind(edge.parent.map(|parent| parent.as_i64()))
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}

/// Tells edges that waited for these events where they stand.
pub(super) async fn resolve(connection: &mut SqliteConnection, resolved: &[ResolvedParent]) -> Result<(), StoreError> {
    for parent in resolved {
        sqlx::query(
            "update causes indexed by causes_waiting set parent_position = ? where parent_id = ? and parent_position is null",
        )
        .bind(parent.position.as_i64())
        .bind(parent.event_id.uuid())
        .execute(&mut *connection)
        .await
        .map_err(failed(OPERATION))?;
    }
    Ok(())
}
