//! Edges of new events to their causes, and of earlier ones that waited.

use god33_domain::Position;
use god33_domain::plan::{Edge, ResolvedParent};
use uuid::Uuid;

use super::statement::{Columns, Statement};
use crate::transaction::Waits;

/// Inserts the edges of new events.
pub(super) fn insert(statement: &mut Statement, edges: &[Edge]) {
    if edges.is_empty() {
        return;
    }
    statement.part("caused", |sql| {
        sql.push("insert into causes (child_position, ordinal, child_id, parent_id, parent_position) select n.* from ");
        Columns::of(sql)
            .column("bigint", edges.iter().map(|edge| edge.child.as_i64()).collect::<Vec<i64>>())
            .column("integer", edges.iter().map(|edge| ordinal(edge.ordinal)).collect::<Vec<i32>>())
            .column("uuid", edges.iter().map(|edge| edge.child_id.uuid()).collect::<Vec<Uuid>>())
            .column("uuid", edges.iter().map(|edge| edge.parent_id.uuid()).collect::<Vec<Uuid>>())
            .column("bigint", edges.iter().map(|edge| edge.parent.map(Position::as_i64)).collect::<Vec<Option<i64>>>())
            .then(" n cross join head");
    });
}

/// No message is long enough to name two thousand million parents.
fn ordinal(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Gives the edges that waited for new events their positions. Events that nobody waits for, as the batch's loading found, are
/// left out.
pub(super) fn resolve(statement: &mut Statement, resolved: &[ResolvedParent], waits: &Waits) {
    let awaited: Vec<&ResolvedParent> = resolved.iter().filter(|parent| waits.may_wait_for(parent.event_id)).collect();
    if awaited.is_empty() {
        return;
    }
    statement.part("resolved", |sql| {
        sql.push("update causes c set parent_position = r.position from head, ");
        Columns::of(sql)
            .column("uuid", awaited.iter().map(|parent| parent.event_id.uuid()).collect::<Vec<Uuid>>())
            .column("bigint", awaited.iter().map(|parent| parent.position.as_i64()).collect::<Vec<i64>>())
            .then(" as r(event_id, position) where c.parent_id = r.event_id and c.parent_position is null");
    });
}
