//! Replays.

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{Kept, Replays, StoreError};
use god33_domain::replay::{Replay, ReplayEnd, ReplayId, ReplayRange, ReplayState, ReplaySurvey, ReplayTarget};
use god33_domain::{Digest, EventId, EventType, Order, Request, RequestId};
use sqlx::postgres::PgRow;
use sqlx::{Connection, PgConnection};

use crate::error::Doing;
use crate::filter::{place, resolve, select};
use crate::read::{as_limit, uuids};
use crate::row::{Columns, event_at, json, number};
use crate::{PostgresStore, answers};

const KEEP: &str = "keep a replay";
const ANSWER: &str = "select digest, replay::text from replay_requests where request_id = $1";

#[async_trait]
impl Replays for PostgresStore {
    async fn survey(&self, range: &ReplayRange) -> Result<ReplaySurvey, StoreError> {
        self.reads.ask(async |c| survey(c, range).await).await
    }

    async fn originals(&self, ids: &[EventId]) -> Result<Vec<(EventId, Bytes)>, StoreError> {
        self.reads.ask(async |c| originals(c, ids).await).await
    }

    async fn keep_replay(&self, replay: &Replay, request: Option<&Request>) -> Result<Kept, StoreError> {
        self.reads.ask(async |c| keep(c, replay, request).await).await
    }

    async fn replay_answer(&self, request: RequestId) -> Result<Option<(Digest, Replay)>, StoreError> {
        self.reads.ask(async |c| answers::first(c, ANSWER, request).await).await
    }

    async fn replay(&self, id: ReplayId) -> Result<Option<Replay>, StoreError> {
        self.reads.ask(async |c| get(c, id).await).await
    }

    async fn replays(&self, before: Option<ReplayId>, limit: usize) -> Result<Vec<Replay>, StoreError> {
        self.reads.ask(async |c| list(c, before, limit).await).await
    }

    async fn running_replays(&self, limit: usize) -> Result<Vec<Replay>, StoreError> {
        self.reads.ask(async |c| running(c, limit).await).await
    }
}

async fn survey(connection: &mut PgConnection, range: &ReplayRange) -> Result<ReplaySurvey, StoreError> {
    const OPERATION: &str = "survey what is to be replayed";
    let Some(resolved) = resolve(&mut *connection, &range.filter).await? else {
        return Ok(ReplaySurvey::default());
    };
    let what = "e.event_type, count(*), min(e.position), min(e.recorded_at), max(e.position), max(e.recorded_at)";
    let mut sql = select(what, Order::OldestFirst, &range.filter, &resolved);
    let place = place(&range.filter);
    sql.push(format_args!(" and {place} > ")).push_bind(range.after.as_i64());
    sql.push(format_args!(" and {place} <= ")).push_bind(range.until.as_i64());
    sql.push(" group by e.event_type order by e.event_type");
    let rows = sql.build().fetch_all(connection).await.doing(OPERATION)?;
    rows.iter().try_fold(ReplaySurvey::default(), |survey, row| with_type(survey, row, OPERATION))
}

/// Adds a row of `event_type, count, first position, first time, last position, last time`.
fn with_type(mut survey: ReplaySurvey, row: &PgRow, operation: &'static str) -> Result<ReplaySurvey, StoreError> {
    let mut columns = Columns::of(row, operation);
    let event_type = EventType::from_trusted(columns.take()?);
    survey.by_type.push((event_type, columns.take::<i64>()?.unsigned_abs()));
    let first = ReplayEnd { position: columns.position()?, recorded_at: columns.time()? };
    let last = ReplayEnd { position: columns.position()?, recorded_at: columns.time()? };
    survey.widen(first, last);
    Ok(survey)
}

async fn originals(connection: &mut PgConnection, ids: &[EventId]) -> Result<Vec<(EventId, Bytes)>, StoreError> {
    const OPERATION: &str = "read the messages that events came in";
    let rows = sqlx::query(concat!(
        "select i.event_id, e.original from identities i cross join lateral ",
        event_at!("i"),
        " e where i.event_id = any($1) and e.original is not null"
    ))
    .bind(uuids(ids))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    let original = |row| {
        let mut columns = Columns::of(row, OPERATION);
        Ok((columns.event_id()?, Bytes::from(columns.take::<Vec<u8>>()?)))
    };
    rows.iter().map(original).collect()
}

async fn keep(connection: &mut PgConnection, replay: &Replay, request: Option<&Request>) -> Result<Kept, StoreError> {
    let document = json(replay, KEEP)?;
    let mut transaction = connection.begin().await.doing(KEEP)?;
    let is_new = match request {
        Some(request) => keep_answer(&mut transaction, request, &document).await?,
        None => true,
    };
    if !is_new || !keep_version(&mut transaction, replay, &document).await? {
        transaction.rollback().await.doing(KEEP)?;
        return Ok(Kept::Stale);
    }
    transaction.commit().await.doing(KEEP)?;
    Ok(Kept::Yes)
}

/// False when the request was answered before.
async fn keep_answer(connection: &mut PgConnection, request: &Request, document: &str) -> Result<bool, StoreError> {
    let kept = sqlx::query(
        "insert into replay_requests (request_id, digest, replay, answered_at)
         values ($1, $2, $3::json, clock_timestamp()) on conflict do nothing",
    )
    .bind(request.id.0)
    .bind(request.digest.as_bytes().as_slice())
    .bind(document)
    .execute(connection)
    .await
    .doing(KEEP)?;
    Ok(kept.rows_affected() == 1)
}

/// False when another version is kept than the one before this.
async fn keep_version(connection: &mut PgConnection, replay: &Replay, document: &str) -> Result<bool, StoreError> {
    let sql = match replay.version {
        1 => {
            "insert into replays (runs, replay, version, replay_id) values ($1, $2::json, $3, $4) on conflict do nothing"
        }
        _ => "update replays set runs = $1, replay = $2::json, version = $3 where replay_id = $4 and version = $3 - 1",
    };
    let runs = replay.state == ReplayState::Running && replay.spec.target != ReplayTarget::Stream;
    let kept = sqlx::query(sql)
        .bind(runs)
        .bind(document)
        .bind(number(replay.version))
        .bind(replay.replay_id.uuid())
        .execute(connection)
        .await
        .doing(KEEP)?;
    Ok(kept.rows_affected() == 1)
}

async fn get(connection: &mut PgConnection, id: ReplayId) -> Result<Option<Replay>, StoreError> {
    const OPERATION: &str = "read a replay";
    let row = sqlx::query("select replay::text from replays where replay_id = $1")
        .bind(id.uuid())
        .fetch_optional(connection)
        .await
        .doing(OPERATION)?;
    row.map(|row| Columns::of(&row, OPERATION).document()).transpose()
}

async fn list(
    connection: &mut PgConnection,
    before: Option<ReplayId>,
    limit: usize,
) -> Result<Vec<Replay>, StoreError> {
    const OPERATION: &str = "list replays";
    let rows = sqlx::query(
        "select replay::text from replays where $1::uuid is null or replay_id < $1 order by replay_id desc limit $2",
    )
    .bind(before.map(ReplayId::uuid))
    .bind(as_limit(limit))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    rows.iter().map(|row| Columns::of(row, OPERATION).document()).collect()
}

async fn running(connection: &mut PgConnection, limit: usize) -> Result<Vec<Replay>, StoreError> {
    const OPERATION: &str = "look for replays that run";
    let rows = sqlx::query("select replay::text from replays where runs order by replay_id limit $1")
        .bind(as_limit(limit))
        .fetch_all(connection)
        .await
        .doing(OPERATION)?;
    rows.iter().map(|row| Columns::of(row, OPERATION).document()).collect()
}
