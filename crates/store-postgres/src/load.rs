//! What a batch needs to know, all of it in one statement and so as of one moment: every further one is a round trip.

use std::collections::HashSet;

use god33_domain::plan::{Head, Identity, Known, KnownParent, Needs};
use god33_domain::ports::StoreError;
use god33_domain::{COORDINATION, EventId, RecordedEvent, RequestId};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::error::Doing;
use crate::read::{session, uuids};
use crate::row::{self, Columns, event_columns};
use crate::states;
use crate::transaction::{End, Waits};

const OPERATION: &str = "look up what a batch needs";
const WAITING: &str = "look up which events wait for a cause";

/// Which part of the statement a row comes from.
mod part {
    pub(super) const HEAD: i16 = 0;
    pub(super) const IDENTITY: i16 = 1;
    pub(super) const AWAITED: i16 = 2;
    pub(super) const SESSION: i16 = 3;
    pub(super) const REQUEST: i16 = 4;
    pub(super) const STATE: i16 = 5;
    pub(super) const PROJECTOR: i16 = 6;
}

/// Loads what the batch needs with the head at that moment, and notes which of its events are waited for.
pub(crate) async fn known(
    connection: &mut PgConnection,
    needs: &Needs,
    waits: &mut Waits,
) -> Result<(End, Known), StoreError> {
    let mut found = Found::default();
    for row in &select(needs).build().fetch_all(&mut *connection).await.doing(OPERATION)? {
        found.add(row)?;
    }
    waits.asked.extend(&needs.events);
    waits.awaited.extend(found.awaited.iter().copied().map(EventId::new));
    if !found.awaited.is_empty() {
        found.known.waiting = waiting_for(connection, found.awaited.into_iter().collect()).await?;
    }
    let end = found.end.ok_or_else(|| StoreError::Corrupt {
        operation: OPERATION,
        detail: "the table log is empty: the database is not one of god33, or somebody deleted its row".to_owned(),
    })?;
    Ok((end, found.known))
}

/// One branch for each kind of thing, with the columns `part, id, position, recorded_at, digest, workflow_id, session_id, agent, document, revision`
/// or what else is of their types. Branches that ask for nothing are left out, so that the statements are few and stay prepared.
fn select(needs: &Needs) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new(
        "select 0::smallint, null::uuid, position, recorded_at, null::bytea, null, null, null, null, revision from log",
    );
    let ids: HashSet<EventId> = needs.events.iter().chain(&needs.parents).copied().collect();
    if !ids.is_empty() {
        // Both lead over the identities. A new event has no row there, so that only parents cost a look at the event, which is missing
        // once its month was dropped.
        sql.push(
            " union all select 1::smallint, i.event_id, i.position, i.recorded_at, i.digest, e.workflow_id, e.session_id, e.agent, e.about::text, null
              from identities i left join events e on e.position = i.position and e.recorded_at = i.recorded_at
              where i.event_id = any(",
        );
        sql.push_bind(ids.into_iter().map(EventId::uuid).collect::<Vec<Uuid>>()).push(")");
    }
    if !needs.events.is_empty() {
        // Hardly ever is there one, so first a look at the edges without a parent alone.
        sql.push(
            " union all select 2::smallint, parent_id, null, null, null, null, null, null, null, null
              from (select distinct parent_id from causes where parent_position is null and parent_id = any(",
        );
        sql.push_bind(uuids(&needs.events)).push(")) awaited");
    }
    if !needs.sessions.is_empty() {
        sql.push(
            " union all select 3::smallint, null, null, null, null, session_id, workflow_id, agent, null, null
              from sessions where session_id = any(",
        );
        sql.push_bind(needs.sessions.iter().map(|id| id.as_str()).collect::<Vec<&str>>()).push(")");
    }
    if !needs.requests.is_empty() {
        sql.push(
            " union all select 4::smallint, request_id, null, null, digest, null, null, null, answer::text, null
              from request_results where request_id = any(",
        );
        sql.push_bind(needs.requests.iter().map(|id| id.0).collect::<Vec<Uuid>>()).push(")");
    }
    states::add_to(&mut sql, &needs.states, |kind, state| {
        format!("5::smallint, null, null, null, null, {kind}, {state}, null, null, null")
    });
    if !needs.projectors.is_empty() {
        sql.push(
            " union all select 6::smallint, null, position, null, null, name, null, null, null, null
              from projectors where name = any(",
        );
        sql.push_bind(&needs.projectors).push(")");
    }
    sql
}

/// What the rows say.
#[derive(Default)]
struct Found {
    end: Option<End>,
    known: Known,
    awaited: HashSet<Uuid>,
}

impl Found {
    fn add(&mut self, row: &PgRow) -> Result<(), StoreError> {
        let mut columns = Columns::of(row, OPERATION);
        match columns.take::<i16>()? {
            part::HEAD => {
                let head = Head { position: columns.skip(1).position()?, recorded_at: columns.time()? };
                self.end = Some(End { head, revision: columns.skip(5).take()? });
            }
            part::IDENTITY => {
                let (id, position, recorded_at) = (columns.event_id()?, columns.position()?, columns.time()?);
                let identity = Identity { position, recorded_at, digest: columns.digest()? };
                self.known.identities.insert(id, identity);
                self.known.parents.insert(id, KnownParent { position, belonging: columns.belonging()? });
            }
            part::AWAITED => drop(self.awaited.insert(columns.take()?)),
            part::SESSION => self.known.sessions.push(session(columns.skip(4))?),
            part::REQUEST => {
                let id = RequestId(columns.take()?);
                let digest = columns.skip(2).digest()?;
                self.known.requests.insert(id, (digest, columns.skip(3).document()?));
            }
            part::STATE => self.known.states.push(states::read(columns.skip(4))?),
            part::PROJECTOR => {
                let position = columns.skip(1).position()?;
                self.known.projectors.insert(columns.skip(2).take()?, position);
            }
            other => return Err(columns.corrupt(format!("a row of part {other}, which was not asked for"))),
        }
        Ok(())
    }
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
