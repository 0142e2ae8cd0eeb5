//! A filter over events as SQL.

use god33_domain::ports::StoreError;
use god33_domain::{AgentId, EventFilter, EventId, EventType, Order, Position, SessionId, TypePattern, WorkflowId};
use sqlx::{PgConnection, Postgres, QueryBuilder, Row};

use crate::error::Doing;
use crate::read::position_before;
use crate::row::event_at;
use crate::time::ceil;

/// What was found out about a filter before the events are asked for.
pub(crate) struct Resolved {
    /// The exact types that the patterns stand for; `None` for every type.
    types: Option<Vec<String>>,
    /// Only events after this position.
    after: Option<Position>,
    /// Only events up to this position.
    up_to: Option<Position>,
}

/// Looks up what the patterns and times stand for. `None` when no event can fit.
///
/// What is looked up is true of one moment, and the events are asked for a little later. An event recorded in between, of a type
/// that was new then, must not be left out of a page that has a later one: so nothing past that moment's head is on the page.
pub(crate) async fn resolve(
    connection: &mut PgConnection,
    filter: &EventFilter,
) -> Result<Option<Resolved>, StoreError> {
    if filter.source.as_deref().is_some_and(no_column_holds) {
        return Ok(None);
    }
    let (types, mut up_to) = match exact(&filter.types) {
        Some(types) => (types, None),
        None => {
            let (types, head) = matching(&mut *connection, &filter.types).await?;
            (Some(types), Some(head))
        }
    };
    if types.as_ref().is_some_and(Vec::is_empty) {
        return Ok(None);
    }
    let after = match filter.since {
        Some(since) => Some(position_before(&mut *connection, since).await?),
        None => None,
    };
    if let Some(until) = filter.until {
        let last = position_before(&mut *connection, until).await?;
        up_to = Some(up_to.map_or(last, |head| head.min(last)));
    }
    Ok(Some(Resolved { types, after, up_to }))
}

/// True for a text that PostgreSQL refuses, and which so is nowhere in it.
pub(crate) fn no_column_holds(text: &str) -> bool {
    text.contains('\0')
}

/// The types of patterns without wildcards: `Some(None)` for no pattern at all, `None` when the dictionary has to be asked.
fn exact(patterns: &[TypePattern]) -> Option<Option<Vec<String>>> {
    if patterns.is_empty() {
        return Some(None);
    }
    let types: Option<Vec<String>> = patterns.iter().map(|pattern| pattern.exact().map(str::to_owned)).collect();
    types.map(Some)
}

async fn matching(
    connection: &mut PgConnection,
    patterns: &[TypePattern],
) -> Result<(Vec<String>, Position), StoreError> {
    const OPERATION: &str = "look up event types";
    let row = sqlx::query("select position, array(select event_type from event_types) from log")
        .fetch_one(connection)
        .await
        .doing(OPERATION)?;
    let (head, types): (i64, Vec<String>) = (row.try_get(0).doing(OPERATION)?, row.try_get(1).doing(OPERATION)?);
    let fits = |text: &String| {
        let event_type = EventType::from_trusted(text.clone());
        patterns.iter().any(|pattern| pattern.matches(&event_type))
    };
    Ok((types.into_iter().filter(fits).collect(), Position::from_i64(head)))
}

/// The events that belong to the chain of an id, which stands before this: it, its ancestors and descendants, recorded or not, and
/// what shares its id as chain id. `union` visits each once, however many ways lead to it, and ends cycles.
const CHAIN: &str = "::uuid),
up(event_id) as (
  select event_id from start
  union
  select c.parent_id from up u join identities i on i.event_id = u.event_id join causes c on c.child_position = i.position),
down(event_id) as (
  select event_id from start
  union
  select c.child_id from down d join causes c on c.parent_id = d.event_id),
chain(position, recorded_at) as (
  select i.position, i.recorded_at
  from (select event_id from up union select event_id from down) r join identities i on i.event_id = r.event_id
  union
  select position, recorded_at from events
  where chain_id = (select event_id::text from start) and length(chain_id) = 36) ";

/// Begins a query over the events that a filter chooses: `what` from them, in which order they are read, and the conditions.
pub(crate) fn select(what: &str, order: Order, filter: &EventFilter, resolved: &Resolved) -> QueryBuilder<Postgres> {
    let mut sql = match filter.chain {
        None => QueryBuilder::new(format!("select {what} from events e where true")),
        Some(chain) => from_chain(what, order, chain),
    };
    texts(&mut sql, filter);
    types(&mut sql, resolved);
    places(&mut sql, filter, resolved);
    sql
}

/// Reads a chain in order, so that a full page ends the reading, however long the chain is.
fn from_chain(what: &str, order: Order, chain: EventId) -> QueryBuilder<Postgres> {
    let (direction, at) = (direction(order), event_at!("c"));
    let mut sql = QueryBuilder::new("with recursive start(event_id) as (select ");
    sql.push_bind(chain.uuid()).push(CHAIN);
    sql.push(format_args!(
        "select {what} from (select * from chain order by position {direction}) c cross join lateral {at} e"
    ));
    sql.push(" where true");
    sql
}

/// The word for an order.
pub(crate) const fn direction(order: Order) -> &'static str {
    match order {
        Order::OldestFirst => "asc",
        Order::NewestFirst => "desc",
    }
}

/// The column that orders what [`select`] chooses.
pub(crate) const fn place(filter: &EventFilter) -> &'static str {
    if filter.chain.is_some() { "c.position" } else { "e.position" }
}

fn texts(sql: &mut QueryBuilder<Postgres>, filter: &EventFilter) {
    let texts = [
        ("workflow_id", filter.workflow_id.as_ref().map(WorkflowId::as_str)),
        ("session_id", filter.session_id.as_ref().map(SessionId::as_str)),
        ("agent", filter.agent.as_ref().map(AgentId::as_str)),
        ("source_app", filter.source.as_deref()),
    ];
    for (column, text) in texts {
        if let Some(text) = text {
            sql.push(format_args!(" and e.{column} = ")).push_bind(text.to_owned());
        }
    }
}

fn types(sql: &mut QueryBuilder<Postgres>, resolved: &Resolved) {
    match resolved.types.as_deref() {
        None => {}
        // One type's index is in order of position; several types' are not.
        Some([only]) => {
            sql.push(" and e.event_type = ").push_bind(only.clone());
        }
        Some(types) => {
            sql.push(" and e.event_type = any(").push_bind(types.to_vec()).push(")");
        }
    }
}

/// Positions do the choosing; the times beside them let the planner leave out months.
fn places(sql: &mut QueryBuilder<Postgres>, filter: &EventFilter, resolved: &Resolved) {
    let place = place(filter);
    if let Some(after) = resolved.after {
        sql.push(format_args!(" and {place} > ")).push_bind(after.as_i64());
    }
    if let Some(up_to) = resolved.up_to {
        sql.push(format_args!(" and {place} <= ")).push_bind(up_to.as_i64());
    }
    if let Some(since) = filter.since {
        sql.push(" and e.recorded_at >= ").push_bind(ceil(since));
    }
    if let Some(until) = filter.until {
        sql.push(" and e.recorded_at < ").push_bind(ceil(until));
    }
}
