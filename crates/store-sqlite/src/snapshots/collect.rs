//! Drops what nothing needs.

use god33_domain::ports::StoreError;
use god33_domain::{Digest, Timestamp};
use sqlx::Connection;

use crate::error::failed;
use crate::{SqliteStore, ids};

const OPERATION: &str = "drop snapshots that nothing needs";

/// How many chunks are dropped at once: few enough that nobody waits long for the writing connection.
const CHUNKS_AT_ONCE: usize = 64;

/// A chunk of `chunks` that neither a snapshot nor an upload has.
macro_rules! unneeded {
    ($start:literal, $end:literal) => {
        concat!(
            $start,
            " not exists (select 1 from snapshot_chunks s where s.chunk = chunks.digest) ",
            "and not exists (select 1 from upload_chunks u where u.chunk = chunks.digest) ",
            $end
        )
    };
}

pub(super) async fn collect(store: &SqliteStore, before: Timestamp) -> Result<u64, StoreError> {
    forget(store, before).await?;
    let unneeded = unneeded(store).await?;
    let mut freed = 0;
    for digests in unneeded.chunks(CHUNKS_AT_ONCE) {
        freed += drop_chunks(store, digests).await?;
    }
    Ok(freed)
}

/// Uploads and snapshots go, their chunks stay for now.
async fn forget(store: &SqliteStore, before: Timestamp) -> Result<(), StoreError> {
    let mut writer = store.connections.write(OPERATION).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(OPERATION))?;
    for sql in [
        "delete from upload_chunks where upload_id in (select upload_id from uploads where touched_at < ?)",
        "delete from uploads where touched_at < ?",
        "delete from snapshots where kept_at < ? and not exists (select 1 from state_labels l \
         where l.kind = 'checkpoint' and l.label = 'snapshot:' || lower(hex(snapshots.digest)))",
    ] {
        sqlx::query(sql).bind(before.micros()).execute(&mut *transaction).await.map_err(failed(OPERATION))?;
    }
    sqlx::query("delete from snapshot_chunks where snapshot not in (select digest from snapshots)")
        .execute(&mut *transaction)
        .await
        .map_err(failed(OPERATION))?;
    transaction.commit().await.map_err(failed(OPERATION))
}

async fn unneeded(store: &SqliteStore) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = unneeded!("select digest from chunks where", "");
    sqlx::query_scalar(sql).fetch_all(&mut *reader.connection).await.map_err(failed(OPERATION))
}

/// Each is looked at again: an upload may have come meanwhile that needs it. Answers with their bytes.
async fn drop_chunks(store: &SqliteStore, digests: &[Vec<u8>]) -> Result<u64, StoreError> {
    let mut writer = store.connections.write(OPERATION).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(OPERATION))?;
    let mut freed = 0;
    for digest in digests {
        let bytes: Option<i64> =
            sqlx::query_scalar(unneeded!("delete from chunks where digest = ? and", "returning length(data)"))
                .bind(digest.as_slice())
                .fetch_optional(&mut *transaction)
                .await
                .map_err(failed(OPERATION))?;
        freed += bytes.unwrap_or_default().unsigned_abs();
    }
    transaction.commit().await.map_err(failed(OPERATION))?;
    Ok(freed)
}

pub(super) async fn bytes_of_only(store: &SqliteStore, snapshots: &[Digest]) -> Result<u64, StoreError> {
    const OPERATION: &str = "count what only some snapshots take";
    let sql = "with mine as materialized (select unhex(value) as digest from json_each(?)) \
        select coalesce(sum(size), 0) from (select distinct c.chunk, c.size from mine cross join snapshot_chunks c on c.snapshot = mine.digest \
        where not exists (select 1 from snapshot_chunks o where o.chunk = c.chunk and o.snapshot not in (select digest from mine)) \
        and not exists (select 1 from upload_chunks u where u.chunk = c.chunk))";
    let mut reader = store.connections.read(OPERATION).await?;
    let bytes: i64 = sqlx::query_scalar(sql)
        .bind(ids::digests(snapshots))
        .fetch_one(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    Ok(bytes.unsigned_abs())
}
