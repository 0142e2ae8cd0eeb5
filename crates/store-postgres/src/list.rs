//! Pages of events.

use god33_domain::ports::StoreError;
use god33_domain::{EventPage, EventQuery, Order};
use sqlx::{PgConnection, Postgres, QueryBuilder, Row};

use crate::error::Doing;
use crate::filter::{direction, place, resolve, select};
use crate::read::as_limit;
use crate::row::{self, event_columns};

/// How many events a page of this size would have.
pub(crate) async fn count_after(connection: &mut PgConnection, query: &EventQuery) -> Result<u64, StoreError> {
    const OPERATION: &str = "count events";
    let Some(resolved) = resolve(&mut *connection, &query.filter).await? else {
        return Ok(0);
    };
    let mut sql = select("1", query.order, &query.filter, &resolved);
    push_page(&mut sql, query, query.limit);
    let rows = sql.build().fetch_all(connection).await.doing(OPERATION)?;
    Ok(rows.len() as u64)
}

/// One page. One event more than asked for is read, to know whether there is one.
pub(crate) async fn list(connection: &mut PgConnection, query: &EventQuery) -> Result<EventPage, StoreError> {
    const OPERATION: &str = "list events";
    let Some(resolved) = resolve(&mut *connection, &query.filter).await? else {
        return Ok(EventPage { events: Vec::new(), has_more: false });
    };
    let mut sql = select(event_columns!(), query.order, &query.filter, &resolved);
    push_page(&mut sql, query, query.limit.saturating_add(1));
    let rows = sql.build().fetch_all(connection).await.doing(OPERATION)?;
    let page = &rows[..rows.len().min(query.limit)];
    Ok(EventPage { events: row::events(page, OPERATION)?, has_more: rows.len() > query.limit })
}

fn push_page(sql: &mut QueryBuilder<Postgres>, query: &EventQuery, limit: usize) {
    let place = place(&query.filter);
    if let Some(after) = query.after {
        let comparison = match query.order {
            Order::OldestFirst => ">",
            Order::NewestFirst => "<",
        };
        sql.push(format_args!(" and {place} {comparison} ")).push_bind(after.as_i64());
    }
    sql.push(format_args!(" order by {place} {} limit ", direction(query.order)));
    sql.push_bind(as_limit(limit));
}

/// How many events the filter chooses, on whatever page.
pub(crate) async fn count(connection: &mut PgConnection, query: &EventQuery) -> Result<u64, StoreError> {
    const OPERATION: &str = "count events";
    let Some(resolved) = resolve(&mut *connection, &query.filter).await? else {
        return Ok(0);
    };
    let mut sql = select("count(*)", query.order, &query.filter, &resolved);
    let row = sql.build().fetch_one(connection).await.doing(OPERATION)?;
    let count: i64 = row.try_get(0).doing(OPERATION)?;
    Ok(count.unsigned_abs())
}
