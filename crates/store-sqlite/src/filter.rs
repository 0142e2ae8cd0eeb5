//! A filter of events as SQL.

use god33_domain::ports::StoreError;
use god33_domain::{AgentId, EventFilter, EventId, EventQuery, Order, SessionId, WorkflowId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

use crate::event_types;
use crate::ids;
use crate::time::push_position_before;

/// The exact types that the patterns of a filter stand for in this log; `None` when it takes every type.
pub(crate) async fn resolve_types(
    connection: &mut SqliteConnection,
    filter: &EventFilter,
    operation: &'static str,
) -> Result<Option<Vec<String>>, StoreError> {
    if filter.types.is_empty() {
        return Ok(None);
    }
    let known = event_types::read(connection, operation).await?;
    let fits = |event_type: &_| filter.types.iter().any(|pattern| pattern.matches(event_type));
    Ok(Some(known.into_iter().map(|t| t.event_type).filter(fits).map(|t| t.as_str().to_owned()).collect()))
}

/// Adds `where …` for everything that a query asks of an event `e`, but for its order and limit.
pub(crate) fn push_conditions(sql: &mut QueryBuilder<Sqlite>, query: &EventQuery, types: Option<&[String]>) {
    sql.push(" where true");
    push_range(sql, query);
    push_equalities(sql, &query.filter);
    if let Some(types) = types {
        push_types(sql, types, &query.filter);
    }
    if let Some(id) = query.filter.chain {
        push_chain(sql, id);
    }
}

/// `since` and `until` become positions, since times of recording never fall: every index is in order of positions.
pub(crate) fn push_range(sql: &mut QueryBuilder<Sqlite>, query: &EventQuery) {
    if let Some(after) = query.after {
        let comparison = if query.order == Order::OldestFirst { ">" } else { "<" };
        sql.push(format!(" and e.position {comparison} ")).push_bind(after.as_i64());
    }
    for (comparison, time) in [(">", query.filter.since), ("<=", query.filter.until)] {
        if let Some(time) = time {
            sql.push(format!(" and e.position {comparison} "));
            push_position_before(sql, time);
        }
    }
}

fn push_equalities(sql: &mut QueryBuilder<Sqlite>, filter: &EventFilter) {
    for (column, text) in equalities(filter) {
        if let Some(text) = text {
            sql.push(format!(" and e.{column} = ")).push_bind(text.to_owned());
        }
    }
}

fn equalities(filter: &EventFilter) -> [(&'static str, Option<&str>); 4] {
    [
        ("workflow_id", filter.workflow_id.as_ref().map(WorkflowId::as_str)),
        ("session_id", filter.session_id.as_ref().map(SessionId::as_str)),
        ("agent", filter.agent.as_ref().map(AgentId::as_str)),
        ("source_app", filter.source.as_deref()),
    ]
}

/// True when nothing but types and the range narrows the choice.
pub(crate) fn is_by_type_only(filter: &EventFilter) -> bool {
    filter.chain.is_none() && equalities(filter).iter().all(|(_, text)| text.is_none())
}

/// Beside other conditions, which choose fewer events as a rule, types are only checked: the `+` keeps their index out.
fn push_types(sql: &mut QueryBuilder<Sqlite>, types: &[String], filter: &EventFilter) {
    let column = if is_by_type_only(filter) { "e.event_type" } else { "+e.event_type" };
    sql.push(format!(" and {column} in (select value from json_each("))
        .push_bind(ids::text_array(types.iter().map(String::as_str)))
        .push("))");
}

/// The event itself, what led to it, what came of it, and what has it as chain id. `union` visits each event once, so a cycle
/// ends too.
fn push_chain(sql: &mut QueryBuilder<Sqlite>, id: EventId) {
    sql.push(" and e.position in (with recursive ancestors (event_id) as (select ")
        .push_bind(id.uuid())
        .push(
            " union select c.parent_id from ancestors a \
            cross join identities i on i.event_id = a.event_id cross join causes c on c.child_position = i.position), \
            descendants (event_id) as (select ",
        )
        .push_bind(id.uuid())
        .push(
            " union select c.child_id from descendants d cross join causes c on c.parent_id = d.event_id) \
            select i.position from (select event_id from ancestors union select event_id from descendants) f \
            cross join identities i on i.event_id = f.event_id \
            union select t.position from events t where length(t.chain_id) = 36 and t.chain_id = ",
        )
        .push_bind(id.to_string())
        .push(")");
}
