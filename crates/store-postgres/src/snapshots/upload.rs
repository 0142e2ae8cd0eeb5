//! Snapshots on their way.

use god33_domain::ports::{Snapshot, StoreError, Upload};
use god33_domain::{Digest, Timestamp};
use sqlx::PgConnection;

use super::chunk;
use crate::error::Doing;
use crate::row::{Columns, number};
use crate::time::floor;

const START: &str = "begin to take a snapshot";
const KEEP: &str = "keep a chunk of a snapshot";
const FINISH: &str = "finish a snapshot";
const LOOK: &str = "look for an upload";

/// The chunks of an upload. One that is finished has none of its own any more: its snapshot has them.
const CHUNKS: &str = "select chunk, size from (
    select place, chunk, size from upload_chunks where upload_id = $1
    union all
    select s.place, s.chunk, s.size from uploads u join snapshot_chunks s on s.snapshot = u.digest
    where u.upload_id = $1 and not exists (select from upload_chunks o where o.upload_id = $1)) as c
    order by place";

/// One statement: either all of an upload is there, or nothing.
pub(super) async fn start(connection: &mut PgConnection, upload: &Upload) -> Result<Vec<u32>, StoreError> {
    sqlx::query(
        "with begun as (
           insert into uploads (upload_id, session_id, digest, size, media_type, stored_bytes, touched_at)
           values ($1, $2, $3, $4, $5, 0, $6) on conflict do nothing returning upload_id)
         insert into upload_chunks (upload_id, place, chunk, size)
         select b.upload_id, c.place - 1, c.chunk, c.size
         from begun b cross join unnest($7::bytea[], $8::integer[]) with ordinality as c(chunk, size, place)",
    )
    .bind(upload.upload_id.as_str())
    .bind(upload.session_id.as_str())
    .bind(upload.digest.as_bytes().as_slice())
    .bind(number(upload.size))
    .bind(upload.media_type.as_str())
    .bind(floor(upload.touched_at))
    .bind(upload.chunks.iter().map(|chunk| &chunk.digest.as_bytes()[..]).collect::<Vec<&[u8]>>())
    .bind(upload.chunks.iter().map(|chunk| i32::try_from(chunk.size).unwrap_or(i32::MAX)).collect::<Vec<i32>>())
    .execute(&mut *connection)
    .await
    .doing(START)?;
    missing(connection, &upload.upload_id).await
}

pub(super) async fn get(connection: &mut PgConnection, id: &str) -> Result<Option<Upload>, StoreError> {
    let row = sqlx::query("select session_id, digest, size, media_type, touched_at from uploads where upload_id = $1")
        .bind(id)
        .fetch_optional(&mut *connection)
        .await
        .doing(LOOK)?;
    let Some(row) = row else { return Ok(None) };
    let rows = sqlx::query(CHUNKS).bind(id).fetch_all(connection).await.doing(LOOK)?;
    let mut columns = Columns::of(&row, LOOK);
    Ok(Some(Upload {
        upload_id: id.to_owned(),
        session_id: columns.take()?,
        digest: columns.digest()?,
        size: columns.take::<i64>()?.unsigned_abs(),
        media_type: columns.take()?,
        touched_at: columns.time()?,
        chunks: rows.iter().map(|row| chunk(&mut Columns::of(row, LOOK))).collect::<Result<_, _>>()?,
    }))
}

/// False when the upload is not there.
pub(super) async fn keep_chunk(
    connection: &mut PgConnection,
    upload: &str,
    digest: Digest,
    data: &[u8],
    now: Timestamp,
) -> Result<bool, StoreError> {
    let touched = sqlx::query(
        "with kept as (
           insert into chunks (digest, data) select $1, $2 where exists (select from uploads where upload_id = $4)
           on conflict do nothing returning length(data) as bytes)
         update uploads set touched_at = $3, stored_bytes = stored_bytes + coalesce((select bytes from kept), 0)
         where upload_id = $4",
    )
    .bind(digest.as_bytes().as_slice())
    .bind(data)
    .bind(floor(now))
    .bind(upload)
    .execute(connection)
    .await
    .doing(KEEP)?;
    Ok(touched.rows_affected() == 1)
}

pub(super) async fn missing(connection: &mut PgConnection, upload: &str) -> Result<Vec<u32>, StoreError> {
    let places: Vec<i32> = sqlx::query_scalar(
        "select u.place from upload_chunks u where u.upload_id = $1
         and not exists (select from chunks c where c.digest = u.chunk) order by u.place",
    )
    .bind(upload)
    .fetch_all(connection)
    .await
    .doing(LOOK)?;
    Ok(places.into_iter().map(i32::unsigned_abs).collect())
}

/// One statement, so that nothing of it stands alone. It writes to `uploads`, which makes it wait for those who drop what nothing needs.
pub(super) async fn finish(
    connection: &mut PgConnection,
    upload: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>, StoreError> {
    let digest: Option<Vec<u8>> = sqlx::query_scalar(
        "with done as (update uploads set touched_at = $2 where upload_id = $1 returning *),
         parts as (delete from upload_chunks where upload_id = $1 returning place, chunk, size),
         made as (
           insert into snapshots (digest, size, media_type, stored_bytes, kept_at)
           select digest, size, media_type, stored_bytes, $2 from done on conflict (digest) do nothing returning digest),
         known as (
           update snapshots s set kept_at = $2 from done d where s.digest = d.digest and not exists (select from made)),
         cut as (
           insert into snapshot_chunks (snapshot, place, chunk, size)
           select m.digest, p.place, p.chunk, p.size from made m cross join parts p)
         select digest from done",
    )
    .bind(upload)
    .bind(floor(now))
    .fetch_optional(&mut *connection)
    .await
    .doing(FINISH)?;
    match digest.as_deref().map(Digest::from_slice) {
        None => Ok(None),
        Some(None) => Err(StoreError::Corrupt { operation: FINISH, detail: "a digest that is not 32 bytes".into() }),
        Some(Some(digest)) => super::get(connection, digest).await,
    }
}
