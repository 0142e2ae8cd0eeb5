//! Snapshots on their way.

use god33_domain::ports::{Snapshot, StoreError, Upload};
use god33_domain::{Digest, Timestamp};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

use super::chunk;
use crate::SqliteStore;
use crate::error::{corrupt, failed};
use crate::row::{Columns, number};

const START: &str = "begin to take a snapshot";
const KEEP: &str = "keep a chunk of a snapshot";
const FINISH: &str = "finish a snapshot";
const LOOK: &str = "look for an upload";

/// The chunks of an upload. One that is finished has none of its own any more: its snapshot has them.
const CHUNKS: &str = "select chunk, size from ( \
        select place, chunk, size from upload_chunks where upload_id = ?1 \
        union all \
        select s.place, s.chunk, s.size from uploads u join snapshot_chunks s on s.snapshot = u.digest \
        where u.upload_id = ?1 and not exists (select 1 from upload_chunks o where o.upload_id = ?1) \
    ) order by place";

pub(super) async fn start(store: &SqliteStore, upload: &Upload) -> Result<Vec<u32>, StoreError> {
    let mut writer = store.connections.write(START).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(START))?;
    let begun = sqlx::query(
        "insert into uploads (upload_id, session_id, digest, size, media_type, stored_bytes, touched_at) \
         values (?, ?, ?, ?, ?, 0, ?) on conflict do nothing",
    )
    .bind(upload.upload_id.as_str())
    .bind(upload.session_id.as_str())
    .bind(upload.digest.as_bytes().as_slice())
    .bind(number(upload.size))
    .bind(upload.media_type.as_str())
    .bind(upload.touched_at.micros())
    .execute(&mut *transaction)
    .await
    .map_err(failed(START))?;
    if begun.rows_affected() == 1 {
        for (place, chunk) in (0_i64..).zip(&upload.chunks) {
            sqlx::query("insert into upload_chunks (upload_id, place, chunk, size) values (?, ?, ?, ?)")
                .bind(upload.upload_id.as_str())
                .bind(place)
                .bind(chunk.digest.as_bytes().as_slice())
                .bind(chunk.size)
                .execute(&mut *transaction)
                .await
                .map_err(failed(START))?;
        }
    }
    let missing = missing_in(&mut transaction, &upload.upload_id, START).await?;
    transaction.commit().await.map_err(failed(START))?;
    Ok(missing)
}

pub(super) async fn get(store: &SqliteStore, id: &str) -> Result<Option<Upload>, StoreError> {
    let mut reader = store.connections.read(LOOK).await?;
    let row = sqlx::query("select session_id, digest, size, media_type, touched_at from uploads where upload_id = ?")
        .bind(id)
        .fetch_optional(&mut *reader.connection)
        .await
        .map_err(failed(LOOK))?;
    let Some(row) = row else { return Ok(None) };
    let rows = sqlx::query(CHUNKS).bind(id).fetch_all(&mut *reader.connection).await.map_err(failed(LOOK))?;
    let mut columns = Columns::of(&row, LOOK);
    Ok(Some(Upload {
        upload_id: id.to_owned(),
        session_id: columns.get()?,
        digest: columns.digest()?,
        size: columns.get::<i64>()?.unsigned_abs(),
        media_type: columns.get()?,
        touched_at: columns.server_time()?,
        chunks: rows.iter().map(|row| chunk(&mut Columns::of(row, LOOK))).collect::<Result<_, _>>()?,
    }))
}

/// False when the upload is not there.
pub(super) async fn keep_chunk(
    store: &SqliteStore,
    upload: &str,
    digest: Digest,
    data: &[u8],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut writer = store.connections.write(KEEP).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(KEEP))?;
    let kept = sqlx::query("insert into chunks (digest, data) values (?, ?) on conflict do nothing")
        .bind(digest.as_bytes().as_slice())
        .bind(data)
        .execute(&mut *transaction)
        .await
        .map_err(failed(KEEP))?;
    let new_bytes = if kept.rows_affected() == 1 { data.len() } else { 0 };
    let touched = sqlx::query("update uploads set touched_at = ?, stored_bytes = stored_bytes + ? where upload_id = ?")
        .bind(now.micros())
        .bind(i64::try_from(new_bytes).unwrap_or(i64::MAX))
        .bind(upload)
        .execute(&mut *transaction)
        .await
        .map_err(failed(KEEP))?;
    if touched.rows_affected() == 0 {
        transaction.rollback().await.map_err(failed(KEEP))?;
        return Ok(false);
    }
    transaction.commit().await.map_err(failed(KEEP))?;
    Ok(true)
}

pub(super) async fn missing(store: &SqliteStore, upload: &str) -> Result<Vec<u32>, StoreError> {
    let mut reader = store.connections.read(LOOK).await?;
    missing_in(&mut reader.connection, upload, LOOK).await
}

async fn missing_in(
    connection: &mut SqliteConnection,
    upload: &str,
    operation: &'static str,
) -> Result<Vec<u32>, StoreError> {
    let sql = "select u.place from upload_chunks u where u.upload_id = ? \
        and not exists (select 1 from chunks c where c.digest = u.chunk) order by u.place";
    sqlx::query_scalar(sql).bind(upload).fetch_all(connection).await.map_err(failed(operation))
}

pub(super) async fn finish(store: &SqliteStore, upload: &str, now: Timestamp) -> Result<Option<Snapshot>, StoreError> {
    let mut writer = store.connections.write(FINISH).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(FINISH))?;
    let digest: Option<Vec<u8>> =
        sqlx::query_scalar("update uploads set touched_at = ? where upload_id = ? returning digest")
            .bind(now.micros())
            .bind(upload)
            .fetch_optional(&mut *transaction)
            .await
            .map_err(failed(FINISH))?;
    let Some(digest) = digest else { return Ok(None) };
    let digest = Digest::from_slice(&digest).ok_or_else(|| corrupt(FINISH, "a digest that is not 32 bytes"))?;
    let known = sqlx::query("update snapshots set kept_at = ? where digest = ?")
        .bind(now.micros())
        .bind(digest.as_bytes().as_slice())
        .execute(&mut *transaction)
        .await
        .map_err(failed(FINISH))?;
    if known.rows_affected() == 0 {
        make_snapshot(&mut transaction, upload).await?;
    }
    sqlx::query("delete from upload_chunks where upload_id = ?")
        .bind(upload)
        .execute(&mut *transaction)
        .await
        .map_err(failed(FINISH))?;
    let snapshot = super::get(&mut transaction, digest, FINISH).await?;
    transaction.commit().await.map_err(failed(FINISH))?;
    Ok(snapshot)
}

async fn make_snapshot(connection: &mut SqliteConnection, upload: &str) -> Result<(), StoreError> {
    for sql in [
        "insert into snapshots (digest, size, media_type, stored_bytes, kept_at) \
         select digest, size, media_type, stored_bytes, touched_at from uploads where upload_id = ?",
        "insert into snapshot_chunks (snapshot, place, chunk, size) \
         select u.digest, c.place, c.chunk, c.size from uploads u join upload_chunks c using (upload_id) where u.upload_id = ?",
    ] {
        sqlx::query(sql).bind(upload).execute(&mut *connection).await.map_err(failed(FINISH))?;
    }
    Ok(())
}
