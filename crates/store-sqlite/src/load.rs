//! Loads what a batch needs to be decided.

use std::collections::HashMap;

use god33_domain::plan::{Identity, Known, KnownParent, Needs};
use god33_domain::ports::StoreError;
use god33_domain::{
    Appended, COORDINATION, Digest, EventId, Position, RecordedEvent, RequestId, SessionId, SessionLink,
};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use uuid::Uuid;

use crate::error::failed;
use crate::row::{Columns, EVENT_COLUMNS};
use crate::{ids, row, sessions, states};

const OPERATION: &str = "load what a batch needs";

pub(crate) async fn load(connection: &mut SqliteConnection, needs: &Needs) -> Result<Known, StoreError> {
    Ok(Known {
        identities: identities(connection, &needs.events).await?,
        parents: parents(connection, &needs.parents).await?,
        waiting: waiting(connection, &needs.events).await?,
        sessions: sessions(connection, &needs.sessions).await?,
        requests: requests(connection, &needs.requests).await?,
        states: states::load(connection, &needs.states, OPERATION).await?,
        projectors: projectors(connection, &needs.projectors).await?,
    })
}

/// The rows for a list given as one JSON array; none, without a question, for an empty list.
async fn rows(
    connection: &mut SqliteConnection,
    sql: impl sqlx::SqlSafeStr,
    array: Option<String>,
) -> Result<Vec<SqliteRow>, StoreError> {
    let Some(array) = array else { return Ok(Vec::new()) };
    sqlx::query(sql).bind(array).fetch_all(connection).await.map_err(failed(OPERATION))
}

fn array_of(events: &[EventId]) -> Option<String> {
    (!events.is_empty()).then(|| ids::event_ids(events))
}

async fn identities(
    connection: &mut SqliteConnection,
    events: &[EventId],
) -> Result<HashMap<EventId, Identity>, StoreError> {
    let sql = "select i.event_id, i.position, i.recorded_at, i.digest \
        from json_each(?) w cross join identities i on i.event_id = unhex(w.value)";
    let rows = rows(connection, sql, array_of(events)).await?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, OPERATION);
        let id = columns.event_id()?;
        let (position, recorded_at) = (columns.position()?, columns.server_time()?);
        Ok((id, Identity { position, recorded_at, digest: columns.digest()? }))
    });
    read.collect()
}

async fn projectors(
    connection: &mut SqliteConnection,
    names: &[String],
) -> Result<HashMap<String, Position>, StoreError> {
    let array = (!names.is_empty()).then(|| ids::text_array(names.iter().map(String::as_str)));
    let sql = "select p.name, p.position from json_each(?) w cross join projectors p on p.name = w.value";
    let rows = rows(connection, sql, array).await?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, OPERATION);
        Ok((columns.get()?, columns.position()?))
    });
    read.collect()
}

async fn parents(
    connection: &mut SqliteConnection,
    events: &[EventId],
) -> Result<HashMap<EventId, KnownParent>, StoreError> {
    // An identity outlives its event, which then belongs nowhere.
    let sql = "select i.event_id, i.position, e.workflow_id, e.session_id, e.agent, e.about \
        from json_each(?) w cross join identities i on i.event_id = unhex(w.value) \
        left join events e on e.position = i.position";
    let rows = rows(connection, sql, array_of(events)).await?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, OPERATION);
        let (id, position) = (columns.event_id()?, columns.position()?);
        Ok((id, KnownParent { position, belonging: columns.belonging()? }))
    });
    read.collect()
}

/// Events that may gain something and wait for one of these, directly or through others that also may. Any other event ends the
/// search: it takes nothing, so it passes nothing new on.
async fn waiting(connection: &mut SqliteConnection, events: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
    let of_coordination = COORDINATION.map(|prefix| format!(" or e.event_type glob '{prefix}*'")).concat();
    let lacks = format!("(e.workflow_id is null or e.session_id is null or e.agent is null{of_coordination})");
    let sql = format!(
        "with recursive waiting (position, event_id) as ( \
            select e.position, e.event_id \
            from json_each(?) w \
            cross join causes c indexed by causes_waiting on c.parent_id = unhex(w.value) and c.parent_position is null \
            cross join events e on e.position = c.child_position \
            where {lacks} \
            union \
            select e.position, e.event_id \
            from waiting w \
            cross join causes c on c.parent_id = w.event_id \
            cross join events e on e.position = c.child_position \
            where {lacks} \
        ) \
        select {EVENT_COLUMNS} from waiting w cross join events e on e.position = w.position order by e.position"
    );
    let rows = rows(connection, AssertSqlSafe(sql), array_of(events)).await?;
    row::events(&rows, OPERATION)
}

async fn sessions(connection: &mut SqliteConnection, ids: &[SessionId]) -> Result<Vec<SessionLink>, StoreError> {
    let sql = "select s.session_id, s.workflow_id, s.agent \
        from json_each(?) w cross join sessions s on s.session_id = w.value";
    let array = (!ids.is_empty()).then(|| ids::text_array(ids.iter().map(SessionId::as_str)));
    let rows = rows(connection, sql, array).await?;
    rows.iter().map(|row| sessions::link(row, OPERATION)).collect()
}

async fn requests(
    connection: &mut SqliteConnection,
    ids: &[RequestId],
) -> Result<HashMap<RequestId, (Digest, Appended)>, StoreError> {
    let sql = "select r.request_id, r.digest, r.answer \
        from json_each(?) w cross join request_results r on r.request_id = unhex(w.value)";
    let array = (!ids.is_empty()).then(|| ids::hex_array(ids.iter().map(|id| id.0)));
    let rows = rows(connection, sql, array).await?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, OPERATION);
        let id = columns.get::<Uuid>().map(RequestId)?;
        Ok((id, (columns.digest()?, columns.json()?)))
    });
    read.collect()
}
