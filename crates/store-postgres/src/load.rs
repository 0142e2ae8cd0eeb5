//! What a batch needs to know. Statements with nothing to ask are left out: every one of them is a round trip under the head's lock.

use std::collections::{HashMap, HashSet};

use god33_domain::plan::{Identity, Known, KnownParent, Needs};
use god33_domain::ports::StoreError;
use god33_domain::{
    Appended, COORDINATION, Digest, EventId, Position, RecordedEvent, RequestId, SessionId, SessionLink,
};
use sqlx::PgConnection;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::Doing;
use crate::read::{session, uuids};
use crate::row::{self, Columns, event_columns};
use crate::states;
use crate::transaction::Waits;

const IDENTITIES: &str = "look up which events are recorded";
const WAITING: &str = "look up which events wait for a cause";
const SESSIONS: &str = "look up sessions";
const STATES: &str = "look up states";
const PROJECTORS: &str = "look up where projectors stand";
const REQUESTS: &str = "look up earlier answers";

/// Loads what the batch needs, and notes which of its events are waited for.
pub(crate) async fn known(
    connection: &mut PgConnection,
    needs: &Needs,
    waits: &mut Waits,
) -> Result<Known, StoreError> {
    let (identities, parents) = identities_and_parents(connection, needs).await?;
    Ok(Known {
        identities,
        parents,
        waiting: waiting(connection, &needs.events, waits).await?,
        sessions: sessions(connection, &needs.sessions).await?,
        requests: requests(connection, &needs.requests).await?,
        states: states::load(connection, &needs.states, STATES).await?,
        projectors: projectors(connection, &needs.projectors).await?,
    })
}

type Identities = HashMap<EventId, Identity>;
type Parents = HashMap<EventId, KnownParent>;

/// Both in one statement: both lead over the identities. A new event has no row there, so that only parents cost a look at the
/// event, which is missing once its month was dropped.
async fn identities_and_parents(
    connection: &mut PgConnection,
    needs: &Needs,
) -> Result<(Identities, Parents), StoreError> {
    let (events, parents) = (set(&needs.events), set(&needs.parents));
    let ids: Vec<Uuid> = events.union(&parents).map(|id| id.uuid()).collect();
    if ids.is_empty() {
        return Ok(Default::default());
    }
    let rows = sqlx::query(
        "select i.event_id, i.position, i.recorded_at, i.digest, e.workflow_id, e.session_id, e.agent, e.about::text
         from identities i left join events e on e.position = i.position and e.recorded_at = i.recorded_at
         where i.event_id = any($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await
    .doing(IDENTITIES)?;
    let found = rows.iter().map(identity).collect::<Result<Vec<_>, _>>()?;
    let known = found.iter().filter(|(id, ..)| events.contains(id)).map(|(id, identity, _)| (*id, *identity)).collect();
    let parents =
        found.into_iter().filter(|(id, ..)| parents.contains(id)).map(|(id, _, parent)| (id, parent)).collect();
    Ok((known, parents))
}

fn set(ids: &[EventId]) -> HashSet<EventId> {
    ids.iter().copied().collect()
}

fn identity(row: &PgRow) -> Result<(EventId, Identity, KnownParent), StoreError> {
    let mut columns = Columns::of(row, IDENTITIES);
    let (id, position, recorded_at) = (columns.event_id()?, columns.position()?, columns.time()?);
    let identity = Identity { position, recorded_at, digest: columns.digest()? };
    Ok((id, identity, KnownParent { position, belonging: columns.belonging()? }))
}

/// The events that wait for these. Hardly ever is there one, so first a look at the edges without a parent alone.
async fn waiting(
    connection: &mut PgConnection,
    events: &[EventId],
    waits: &mut Waits,
) -> Result<Vec<RecordedEvent>, StoreError> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let awaited: Vec<Uuid> = sqlx::query_scalar(
        "select distinct parent_id from causes where parent_id = any($1) and parent_position is null",
    )
    .bind(uuids(events))
    .fetch_all(&mut *connection)
    .await
    .doing(WAITING)?;
    waits.asked.extend(events);
    waits.awaited.extend(awaited.iter().copied().map(EventId::new));
    if awaited.is_empty() {
        return Ok(Vec::new());
    }
    waiting_for(connection, awaited).await
}

/// What [`RecordedEvent::may_gain`] says, with the beginnings of the types of coordination as `$2`.
macro_rules! may_gain {
    () => {
        "(e.workflow_id is null or e.session_id is null or e.agent is null or e.event_type like any($2))"
    };
}

/// The children of the awaited events that may gain something, and on from these through every edge. `union` ends cycles.
async fn waiting_for(connection: &mut PgConnection, awaited: Vec<Uuid>) -> Result<Vec<RecordedEvent>, StoreError> {
    let rows = sqlx::query(concat!(
        "with recursive waiting(event_id, position, recorded_at) as (
           select i.event_id, i.position, i.recorded_at
           from causes c join identities i on i.event_id = c.child_id
             join events e on e.position = i.position and e.recorded_at = i.recorded_at
           where c.parent_id = any($1) and c.parent_position is null and ",
        may_gain!(),
        " union
           select i.event_id, i.position, i.recorded_at
           from waiting w join causes c on c.parent_id = w.event_id join identities i on i.event_id = c.child_id
             join events e on e.position = i.position and e.recorded_at = i.recorded_at
           where ",
        may_gain!(),
        ") select ",
        event_columns!(),
        " from waiting w join events e on e.position = w.position and e.recorded_at = w.recorded_at order by e.position"
    ))
    .bind(awaited)
    .bind(COORDINATION.map(|prefix| format!("{prefix}%")).to_vec())
    .fetch_all(connection)
    .await
    .doing(WAITING)?;
    row::events(&rows, WAITING)
}

async fn sessions(connection: &mut PgConnection, ids: &[SessionId]) -> Result<Vec<SessionLink>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = ids.iter().map(SessionId::as_str).collect();
    let rows = sqlx::query("select session_id, workflow_id, agent from sessions where session_id = any($1)")
        .bind(ids)
        .fetch_all(connection)
        .await
        .doing(SESSIONS)?;
    rows.iter().map(|row| session(&mut Columns::of(row, SESSIONS))).collect()
}

async fn projectors(connection: &mut PgConnection, names: &[String]) -> Result<HashMap<String, Position>, StoreError> {
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query("select name, position from projectors where name = any($1)")
        .bind(names)
        .fetch_all(connection)
        .await
        .doing(PROJECTORS)?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, PROJECTORS);
        Ok((columns.take()?, columns.position()?))
    });
    read.collect()
}

pub(crate) async fn requests(
    connection: &mut PgConnection,
    ids: &[RequestId],
) -> Result<HashMap<RequestId, (Digest, Appended)>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query("select request_id, digest, answer::text from request_results where request_id = any($1)")
        .bind(ids)
        .fetch_all(connection)
        .await
        .doing(REQUESTS)?;
    rows.iter().map(request).collect()
}

fn request(row: &PgRow) -> Result<(RequestId, (Digest, Appended)), StoreError> {
    let mut columns = Columns::of(row, REQUESTS);
    Ok((RequestId(columns.take()?), (columns.digest()?, columns.document()?)))
}
