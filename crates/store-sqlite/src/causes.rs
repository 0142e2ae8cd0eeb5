//! The edges of the causation graph.

use god33_domain::ports::{CausalEdge, StoreError};
use god33_domain::{EventId, Position};
use sqlx::sqlite::SqliteRow;

use crate::SqliteStore;
use crate::error::failed;
use crate::ids;
use crate::row::{Columns, limit as sql_limit};

pub(crate) async fn edges_to_parents(store: &SqliteStore, children: &[EventId]) -> Result<Vec<CausalEdge>, StoreError> {
    const OPERATION: &str = "read the parents of events";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = "select c.child_id, c.child_position, c.ordinal, c.parent_id, c.parent_position \
        from (select distinct unhex(value) as event_id from json_each(?)) w \
        cross join identities i on i.event_id = w.event_id \
        cross join causes c on c.child_position = i.position \
        order by c.child_position, c.ordinal";
    let rows = sqlx::query(sql)
        .bind(ids::event_ids(children))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    rows.iter().map(|row| edge(row, OPERATION)).collect()
}

/// The index has each event's children in order, and SQLite leaves it when the limit is filled by earlier ones: an event with a
/// hundred thousand children costs no more than what is asked for.
pub(crate) async fn edges_to_children(
    store: &SqliteStore,
    parents: &[EventId],
    limit: usize,
) -> Result<Vec<CausalEdge>, StoreError> {
    const OPERATION: &str = "read the children of events";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = "select c.child_id, c.child_position, c.ordinal, c.parent_id, c.parent_position \
        from (select distinct unhex(value) as event_id from json_each(?)) w \
        cross join causes c on c.parent_id = w.event_id \
        order by c.child_position, c.ordinal limit ?";
    let rows = sqlx::query(sql)
        .bind(ids::event_ids(parents))
        .bind(sql_limit(limit))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    rows.iter().map(|row| edge(row, OPERATION)).collect()
}

fn edge(row: &SqliteRow, operation: &'static str) -> Result<CausalEdge, StoreError> {
    let mut columns = Columns::of(row, operation);
    Ok(CausalEdge {
        child_id: columns.event_id()?,
        child: columns.position()?,
        ordinal: columns.get()?,
        parent_id: columns.event_id()?,
        parent: columns.get::<Option<i64>>()?.map(Position::from_i64),
    })
}
