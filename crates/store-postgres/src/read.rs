//! Reading single things and runs of the log.

use god33_domain::AgentId;
use god33_domain::plan::Head;
use god33_domain::ports::{Outline, StoreError, StoreInfo, TypeInUse};
use god33_domain::{EventId, EventType, Position, RecordedEvent, SessionId, SessionLink, Timestamp, WorkflowId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Doing;
use crate::memory::Memory;
use crate::month::Month;
use crate::row::{self, Columns, event_at, event_columns};
use crate::time::{ceil, floor};

/// What store this is.
pub(crate) async fn info(connection: &mut PgConnection) -> Result<StoreInfo, StoreError> {
    const OPERATION: &str = "read where the log ends";
    let row = sqlx::query("select store_id, position, recorded_at, earliest from log")
        .fetch_one(connection)
        .await
        .doing(OPERATION)?;
    let mut columns = Columns::of(&row, OPERATION);
    Ok(StoreInfo {
        store_id: columns.take()?,
        kind: "postgres",
        head: Head { position: columns.position()?, recorded_at: columns.time()? },
        earliest: columns.position()?,
    })
}

/// Events after a position.
///
/// Positions have no gaps, so a run that begins right after the position is complete. Only an empty or later one has to be
/// told apart from a log whose beginning was dropped. The events are read before the log's beginning is: were months dropped
/// in between, the answer is `Compacted`, never a run with a hole.
pub(crate) async fn read_after(
    connection: &mut PgConnection,
    memory: &Memory,
    after: Position,
    limit: usize,
) -> Result<Vec<RecordedEvent>, StoreError> {
    let events = run_after(&mut *connection, memory, after, limit).await?;
    if events.first().is_none_or(|first| first.position != after.next()) {
        let earliest = info(connection).await?.earliest;
        if after < earliest.previous() {
            return Err(StoreError::Compacted { earliest });
        }
    }
    Ok(events)
}

async fn run_after(
    connection: &mut PgConnection,
    memory: &Memory,
    after: Position,
    limit: usize,
) -> Result<Vec<RecordedEvent>, StoreError> {
    const OPERATION: &str = "read the log";
    // Without the time every month of the log would be looked into.
    let since = memory.month_after(after).and_then(Month::first_moment).unwrap_or_else(|| floor(Timestamp::EPOCH));
    let rows = sqlx::query(concat!(
        "select ",
        event_columns!(),
        " from events e where e.position > $1 and e.recorded_at >= $2
          order by e.position limit $3"
    ))
    .bind(after.as_i64())
    .bind(since)
    .bind(as_limit(limit))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    row::events(&rows, OPERATION)
}

/// A limit as PostgreSQL takes it.
pub(crate) fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// The last position before a time, by halving: `low` is before the time or the log's beginning, what follows `high` is not.
pub(crate) async fn position_before(connection: &mut PgConnection, time: Timestamp) -> Result<Position, StoreError> {
    const OPERATION: &str = "find a time in the log";
    let position: i64 = sqlx::query_scalar(
        "with recursive search(low, high) as (
           select earliest - 1, position from log
           union all
           select case when e.recorded_at < $1 then e.position else s.low end,
                  case when e.recorded_at < $1 then s.high else e.position - 1 end
           from search s cross join lateral
             (select position, recorded_at from events where position = (s.low + s.high + 1) / 2) e
           where s.low < s.high)
         select low from search where low = high",
    )
    .bind(ceil(time))
    .fetch_one(connection)
    .await
    .doing(OPERATION)?;
    Ok(Position::from_i64(position))
}

/// Those of the events that are recorded.
pub(crate) async fn events(connection: &mut PgConnection, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
    const OPERATION: &str = "read events by their ids";
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(concat!(
        "select ",
        event_columns!(),
        " from identities i cross join lateral ",
        event_at!("i"),
        " e where i.event_id = any($1)"
    ))
    .bind(uuids(ids))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    row::events(&rows, OPERATION)
}

/// The outlines of those of the events that are recorded. Payloads that cannot have metrics stay where they are.
pub(crate) async fn outlines(connection: &mut PgConnection, ids: &[EventId]) -> Result<Vec<Outline>, StoreError> {
    const OPERATION: &str = "read outlines of events";
    let rows = sqlx::query(concat!(
        "select e.event_id, e.position, e.recorded_at, e.event_type, e.agent,
           case when strpos(e.payload::text, 'metrics') > 0 or strpos(e.payload::text, '\\u') > 0 then e.payload::text end
         from identities i cross join lateral ",
        event_at!("i"),
        " e where i.event_id = any($1)"
    ))
    .bind(uuids(ids))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    rows.iter().map(|row| row::outline(row, OPERATION)).collect()
}

/// The ids as the driver binds them.
pub(crate) fn uuids(ids: &[EventId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.uuid()).collect()
}

/// Those of the ids that were ever recorded.
pub(crate) async fn known_ids(connection: &mut PgConnection, ids: &[EventId]) -> Result<Vec<EventId>, StoreError> {
    let known: Vec<Uuid> = sqlx::query_scalar("select event_id from identities where event_id = any($1)")
        .bind(uuids(ids))
        .fetch_all(connection)
        .await
        .doing("look up the ids of events")?;
    Ok(known.into_iter().map(EventId::new).collect())
}

/// Every event type.
pub(crate) async fn event_types(connection: &mut PgConnection) -> Result<Vec<TypeInUse>, StoreError> {
    const OPERATION: &str = "list the event types";
    let rows = sqlx::query("select event_type, first_position from event_types order by event_type")
        .fetch_all(connection)
        .await
        .doing(OPERATION)?;
    rows.iter()
        .map(|row| {
            let mut columns = Columns::of(row, OPERATION);
            Ok(TypeInUse { event_type: EventType::from_trusted(columns.take()?), first_position: columns.position()? })
        })
        .collect()
}

/// What is known of sessions, by id.
pub(crate) async fn session_links(
    connection: &mut PgConnection,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<SessionLink>, StoreError> {
    const OPERATION: &str = "list the sessions";
    let rows = sqlx::query(
        "select session_id, workflow_id, agent from sessions where session_id > $1 order by session_id limit $2",
    )
    .bind(after.unwrap_or_default())
    .bind(as_limit(limit))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    rows.iter().map(|row| session(&mut Columns::of(row, OPERATION))).collect()
}

/// A session out of `session_id, workflow_id, agent`.
pub(crate) fn session(columns: &mut Columns<'_>) -> Result<SessionLink, StoreError> {
    let session_id = columns.label(SessionId::parse)?.ok_or_else(|| columns.corrupt("a session without a name"))?;
    Ok(SessionLink {
        session_id,
        workflow_id: columns.label(WorkflowId::parse)?,
        agent: columns.label(AgentId::parse)?,
    })
}

/// A sign of life.
pub(crate) async fn ping(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query("select 1").execute(connection).await.doing("get a sign of life from PostgreSQL")?;
    Ok(())
}
