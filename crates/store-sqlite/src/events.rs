//! Events by place or id.

use god33_domain::ports::{Outline, StoreError};
use god33_domain::{EventId, Position, RecordedEvent};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

use crate::error::failed;
use crate::row::{EVENT_COLUMNS, limit as sql_limit};
use crate::{SqliteStore, ids, row};

const READ_LOG: &str = "read the log";

pub(crate) async fn read_after(
    store: &SqliteStore,
    after: Position,
    limit: usize,
) -> Result<Vec<RecordedEvent>, StoreError> {
    let mut reader = store.connections.read(READ_LOG).await?;
    run_after(&mut reader.connection, after, limit).await
}

/// Events after a position, as the connection sees them.
pub(crate) async fn run_after(
    connection: &mut SqliteConnection,
    after: Position,
    limit: usize,
) -> Result<Vec<RecordedEvent>, StoreError> {
    let sql = format!("select {EVENT_COLUMNS} from events e where e.position > ? order by e.position limit ?");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(after.as_i64())
        .bind(sql_limit(limit))
        .fetch_all(connection)
        .await
        .map_err(failed(READ_LOG))?;
    row::events(&rows, READ_LOG)
}

pub(crate) async fn events(store: &SqliteStore, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
    const OPERATION: &str = "read events by their ids";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = format!(
        "select {EVENT_COLUMNS} from (select distinct unhex(value) as event_id from json_each(?)) w \
        cross join identities i on i.event_id = w.event_id cross join events e on e.position = i.position"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(ids::event_ids(ids))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    row::events(&rows, OPERATION)
}

pub(crate) async fn known_ids(store: &SqliteStore, ids: &[EventId]) -> Result<Vec<EventId>, StoreError> {
    const OPERATION: &str = "look up the ids of events";
    let sql = "select event_id from identities where event_id in (select unhex(value) from json_each(?))";
    let mut reader = store.connections.read(OPERATION).await?;
    let known: Vec<Uuid> = sqlx::query_scalar(sql)
        .bind(ids::event_ids(ids))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    Ok(known.into_iter().map(EventId::new).collect())
}

/// The outlines of those of the events that are recorded. Payloads that cannot have metrics stay where they are.
pub(crate) async fn outlines(store: &SqliteStore, ids: &[EventId]) -> Result<Vec<Outline>, StoreError> {
    const OPERATION: &str = "read outlines of events";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = "select e.event_id, e.position, e.recorded_at, e.event_type, e.agent, \
          case when instr(e.payload, 'metrics') > 0 or instr(e.payload, '\\u') > 0 then e.payload end \
        from (select distinct unhex(value) as event_id from json_each(?)) w \
        cross join identities i on i.event_id = w.event_id cross join events e on e.position = i.position";
    let rows = sqlx::query(sql)
        .bind(ids::event_ids(ids))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    rows.iter().map(|row| row::outline(row, OPERATION)).collect()
}
