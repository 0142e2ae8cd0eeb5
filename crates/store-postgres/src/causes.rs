//! Edges between events and their causes.

use god33_domain::EventId;
use god33_domain::ports::{CausalEdge, StoreError};
use sqlx::PgConnection;

use crate::error::Doing;
use crate::read::{as_limit, uuids};
use crate::row;

/// The edges from these events to their parents.
pub(crate) async fn to_parents(
    connection: &mut PgConnection,
    children: &[EventId],
) -> Result<Vec<CausalEdge>, StoreError> {
    const OPERATION: &str = "read the causes of events";
    let rows = sqlx::query(
        "select c.child_id, c.child_position, c.ordinal, c.parent_id, c.parent_position
         from identities i join causes c on c.child_position = i.position
         where i.event_id = any($1) order by c.child_position, c.ordinal",
    )
    .bind(uuids(children))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    rows.iter().map(|row| row::edge(row, OPERATION)).collect()
}

/// The edges to these events from their children. Each event's own are read in order up to the limit, so that one with a hundred
/// thousand children costs no more than what is asked for.
pub(crate) async fn to_children(
    connection: &mut PgConnection,
    parents: &[EventId],
    limit: usize,
) -> Result<Vec<CausalEdge>, StoreError> {
    const OPERATION: &str = "read what came of events";
    let rows = sqlx::query(
        "select c.child_id, c.child_position, c.ordinal, c.parent_id, c.parent_position
         from (select distinct unnest($1::uuid[]) as event_id) w
         cross join lateral (select * from causes where parent_id = w.event_id order by child_position limit $2) c
         order by c.child_position, c.ordinal limit $2",
    )
    .bind(uuids(parents))
    .bind(as_limit(limit))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    rows.iter().map(|row| row::edge(row, OPERATION)).collect()
}
