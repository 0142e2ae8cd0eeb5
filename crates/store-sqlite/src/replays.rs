//! Replays.

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{Kept, Replays, StoreError};
use god33_domain::replay::{Replay, ReplayEnd, ReplayId, ReplayRange, ReplayState, ReplaySurvey, ReplayTarget};
use god33_domain::{Digest, EventId, EventQuery, EventType, Order, Request, RequestId};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::types::Json;
use sqlx::{Connection, QueryBuilder};

use crate::error::failed;
use crate::filter::Choice;
use crate::row::{Columns, limit as sql_limit, number};
use crate::{SqliteStore, answers, ids};

const KEEP: &str = "keep a replay";

#[async_trait]
impl Replays for SqliteStore {
    async fn survey(&self, range: &ReplayRange) -> Result<ReplaySurvey, StoreError> {
        const OPERATION: &str = "survey what is to be replayed";
        let filter = range.filter.clone();
        let query = EventQuery { filter, order: Order::OldestFirst, after: Some(range.after), limit: 0 };
        let mut reader = self.connections.read(OPERATION).await?;
        let mut snapshot = reader.connection.begin().await.map_err(failed(OPERATION))?;
        let choice = Choice::of(&mut snapshot, &query, OPERATION).await?;
        let mut sql = QueryBuilder::new(
            "select e.event_type, count(*), min(e.position), min(e.recorded_at), max(e.position), max(e.recorded_at) \
            from events e",
        );
        choice.push_where(&mut sql);
        sql.push(" and e.position <= ")
            .push_bind(range.until.as_i64())
            .push(" group by e.event_type order by e.event_type");
        let rows = sql.build().fetch_all(&mut *snapshot).await.map_err(failed(OPERATION))?;
        rows.iter().try_fold(ReplaySurvey::default(), |survey, row| with_type(survey, row, OPERATION))
    }

    async fn originals(&self, ids: &[EventId]) -> Result<Vec<(EventId, Bytes)>, StoreError> {
        const OPERATION: &str = "read the messages that events came in";
        let sql = "select i.event_id, e.original from (select distinct unhex(value) as event_id from json_each(?)) w \
            cross join identities i on i.event_id = w.event_id cross join events e on e.position = i.position \
            where e.original is not null";
        let mut reader = self.connections.read(OPERATION).await?;
        let rows = sqlx::query(sql)
            .bind(ids::event_ids(ids))
            .fetch_all(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        let original = |row| {
            let mut columns = Columns::of(row, OPERATION);
            Ok((columns.event_id()?, Bytes::from(columns.get::<Vec<u8>>()?)))
        };
        rows.iter().map(original).collect()
    }

    async fn keep_replay(&self, replay: &Replay, request: Option<&Request>) -> Result<Kept, StoreError> {
        let mut writer = self.connections.write(KEEP).await?;
        let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(KEEP))?;
        let is_new = match request {
            Some(request) => keep_answer(&mut transaction, request, replay).await?,
            None => true,
        };
        // A transaction that is dropped is undone.
        if !is_new || !keep(&mut transaction, replay).await? {
            return Ok(Kept::Stale);
        }
        transaction.commit().await.map_err(failed(KEEP))?;
        Ok(Kept::Yes)
    }

    async fn replay_answer(&self, request: RequestId) -> Result<Option<(Digest, Replay)>, StoreError> {
        answers::first(self, "select digest, replay from replay_requests where request_id = ?", request).await
    }

    async fn replay(&self, id: ReplayId) -> Result<Option<Replay>, StoreError> {
        const OPERATION: &str = "read a replay";
        let mut reader = self.connections.read(OPERATION).await?;
        let row = sqlx::query("select replay from replays where replay_id = ?")
            .bind(id.uuid())
            .fetch_optional(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        row.map(|row| Columns::of(&row, OPERATION).json()).transpose()
    }

    async fn replays(&self, before: Option<ReplayId>, limit: usize) -> Result<Vec<Replay>, StoreError> {
        const OPERATION: &str = "list replays";
        let mut sql = QueryBuilder::new("select replay from replays");
        if let Some(before) = before {
            sql.push(" where replay_id < ").push_bind(before.uuid());
        }
        sql.push(" order by replay_id desc limit ").push_bind(sql_limit(limit));
        let mut reader = self.connections.read(OPERATION).await?;
        let rows = sql.build().fetch_all(&mut *reader.connection).await.map_err(failed(OPERATION))?;
        rows.iter().map(|row| Columns::of(row, OPERATION).json()).collect()
    }

    async fn running_replays(&self, limit: usize) -> Result<Vec<Replay>, StoreError> {
        const OPERATION: &str = "look for replays that run";
        let mut reader = self.connections.read(OPERATION).await?;
        let rows = sqlx::query("select replay from replays where runs = 1 order by replay_id limit ?")
            .bind(sql_limit(limit))
            .fetch_all(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        rows.iter().map(|row| Columns::of(row, OPERATION).json()).collect()
    }
}

/// Adds a row of `event_type, count, first position, first time, last position, last time`.
fn with_type(mut survey: ReplaySurvey, row: &SqliteRow, operation: &'static str) -> Result<ReplaySurvey, StoreError> {
    let mut columns = Columns::of(row, operation);
    let event_type = EventType::from_trusted(columns.get()?);
    survey.by_type.push((event_type, columns.get::<i64>()?.unsigned_abs()));
    let first = ReplayEnd { position: columns.position()?, recorded_at: columns.server_time()? };
    let last = ReplayEnd { position: columns.position()?, recorded_at: columns.server_time()? };
    survey.widen(first, last);
    Ok(survey)
}

/// False when the request was answered before.
async fn keep_answer(
    connection: &mut SqliteConnection,
    request: &Request,
    replay: &Replay,
) -> Result<bool, StoreError> {
    let sql = "insert into replay_requests (request_id, digest, replay, answered_at) \
        values (?, ?, ?, cast(unixepoch('subsec') * 1000000 as integer)) on conflict do nothing";
    let kept = sqlx::query(sql)
        .bind(request.id.0)
        .bind(request.digest.as_bytes().as_slice())
        .bind(Json(replay))
        .execute(connection)
        .await
        .map_err(failed(KEEP))?;
    Ok(kept.rows_affected() == 1)
}

/// False when another version is kept than the one before this.
async fn keep(connection: &mut SqliteConnection, replay: &Replay) -> Result<bool, StoreError> {
    let sql = match replay.version {
        1 => "insert into replays (runs, replay, version, replay_id) values (?, ?, ?, ?) on conflict do nothing",
        _ => "update replays set runs = ?1, replay = ?2, version = ?3 where replay_id = ?4 and version = ?3 - 1",
    };
    let runs = replay.state == ReplayState::Running && replay.spec.target != ReplayTarget::Stream;
    let kept = sqlx::query(sql)
        .bind(runs)
        .bind(Json(replay))
        .bind(number(replay.version))
        .bind(replay.replay_id.uuid())
        .execute(connection)
        .await
        .map_err(failed(KEEP))?;
    Ok(kept.rows_affected() == 1)
}
