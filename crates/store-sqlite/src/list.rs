//! Lists and counts events.

use god33_domain::ports::StoreError;
use god33_domain::{EventPage, EventQuery, Order};
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, QueryBuilder, Sqlite};

use crate::error::{corrupt, failed};
use crate::filter::Choice;
use crate::row::{EVENT_COLUMNS, limit as sql_limit};
use crate::{SqliteStore, ids, row};

pub(crate) async fn list_events(store: &SqliteStore, query: &EventQuery) -> Result<EventPage, StoreError> {
    const OPERATION: &str = "list events";
    let mut reader = store.connections.read(OPERATION).await?;
    // One snapshot for all questions: an event of a new type that came between two of them would be missing for ever from the
    // pages of a reader that goes on after this one.
    let mut snapshot = reader.connection.begin().await.map_err(failed(OPERATION))?;
    let choice = Choice::of(&mut snapshot, query, OPERATION).await?;
    let mut sql = select(EVENT_COLUMNS, &choice, query);
    let rows = sql.build().fetch_all(&mut *snapshot).await.map_err(failed(OPERATION))?;
    page(rows, query.limit, OPERATION)
}

/// One row more than asked for tells whether there are more.
fn page(mut rows: Vec<SqliteRow>, limit: usize, operation: &'static str) -> Result<EventPage, StoreError> {
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    Ok(EventPage { events: row::events(&rows, operation)?, has_more })
}

fn select(what: &str, choice: &Choice<'_>, query: &EventQuery) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new(format!("select {what} from events e"));
    match choice.by_types_only() {
        Some(types) => push_first_of_each_type(&mut sql, types, choice, query),
        None => choice.push_where(&mut sql),
    }
    push_order(&mut sql, query);
    sql
}

/// Takes a page's worth of each type out of the index and the first of them all: however many events there are of these types,
/// only few are looked at.
fn push_first_of_each_type(sql: &mut QueryBuilder<Sqlite>, types: &[String], choice: &Choice<'_>, query: &EventQuery) {
    sql.push(" where e.position in (select p.value from json_each(")
        .push_bind(ids::text_array(types.iter().map(String::as_str)))
        .push(
            ") t, json_each((select json_group_array(position) from (select e.position from events e \
            where e.event_type = t.value",
        );
    choice.push_range(sql);
    push_order(sql, query);
    sql.push("))) p)");
}

fn push_order(sql: &mut QueryBuilder<Sqlite>, query: &EventQuery) {
    let order = if query.order == Order::OldestFirst { "asc" } else { "desc" };
    sql.push(format!(" order by e.position {order} limit ")).push_bind(sql_limit(query.limit.saturating_add(1)));
}

pub(crate) async fn count_events(store: &SqliteStore, query: &EventQuery) -> Result<u64, StoreError> {
    const OPERATION: &str = "count events";
    let whole = EventQuery { after: None, ..query.clone() };
    let mut reader = store.connections.read(OPERATION).await?;
    let mut snapshot = reader.connection.begin().await.map_err(failed(OPERATION))?;
    let choice = Choice::of(&mut snapshot, &whole, OPERATION).await?;
    let mut sql = QueryBuilder::new("select count(*) from events e");
    choice.push_where(&mut sql);
    let count: i64 = sql.build_query_scalar().fetch_one(&mut *snapshot).await.map_err(failed(OPERATION))?;
    u64::try_from(count).map_err(|error| corrupt(OPERATION, error.to_string()))
}

/// How many events a page of this size would have.
pub(crate) async fn count_events_after(store: &SqliteStore, query: &EventQuery) -> Result<u64, StoreError> {
    const OPERATION: &str = "count events";
    let mut reader = store.connections.read(OPERATION).await?;
    let mut snapshot = reader.connection.begin().await.map_err(failed(OPERATION))?;
    let choice = Choice::of(&mut snapshot, query, OPERATION).await?;
    let rows = select("1", &choice, query).build().fetch_all(&mut *snapshot).await.map_err(failed(OPERATION))?;
    Ok(rows.len().min(query.limit) as u64)
}
