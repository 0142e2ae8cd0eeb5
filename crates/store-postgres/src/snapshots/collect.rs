//! Drops what nothing needs.
//!
//! Uploads wait meanwhile (the lock on `uploads` keeps new ones out, and those that are under way from being finished), so no chunk goes
//! between an upload that found it stored and the snapshot that it becomes.

use god33_domain::ports::StoreError;
use god33_domain::{Digest, Timestamp};
use sqlx::{Connection, PgConnection};

use crate::error::Doing;
use crate::lend::Lender;
use crate::time::floor;

const OPERATION: &str = "drop snapshots that nothing needs";

/// How many chunks are dropped at once: few enough that uploads do not wait long, and no statement takes its whole time.
const CHUNKS_AT_ONCE: usize = 64;

const LOCK: &str = "lock table uploads in exclusive mode";

/// A chunk `c` that neither a snapshot nor an upload has.
macro_rules! unneeded {
    ($start:literal, $end:literal) => {
        concat!(
            $start,
            " not exists (select from snapshot_chunks s where s.chunk = c.digest) ",
            "and not exists (select from upload_chunks u where u.chunk = c.digest) ",
            $end
        )
    };
}

/// Each step has its own time.
pub(super) async fn collect(lender: &Lender, before: Timestamp) -> Result<u64, StoreError> {
    lender.ask(async |connection| forget(connection, before).await).await?;
    let unneeded = lender.ask(unneeded).await?;
    let mut freed = 0;
    for digests in unneeded.chunks(CHUNKS_AT_ONCE) {
        freed += lender.ask(async |connection| drop_chunks(connection, digests).await).await?;
    }
    Ok(freed)
}

/// Uploads and snapshots go, their chunks stay for now.
async fn forget(connection: &mut PgConnection, before: Timestamp) -> Result<(), StoreError> {
    let mut transaction = connection.begin().await.doing(OPERATION)?;
    sqlx::query(LOCK).execute(&mut *transaction).await.doing(OPERATION)?;
    for sql in [
        "delete from upload_chunks c using uploads u where u.upload_id = c.upload_id and u.touched_at < $1",
        "delete from uploads where touched_at < $1",
        "with dropped as (
           delete from snapshots s where kept_at < $1 and not exists (select from state_labels l
           where l.kind = 'checkpoint' and l.label = 'snapshot:' || encode(s.digest, 'hex')) returning digest)
         delete from snapshot_chunks c using dropped d where c.snapshot = d.digest",
    ] {
        sqlx::query(sql).bind(floor(before)).execute(&mut *transaction).await.doing(OPERATION)?;
    }
    transaction.commit().await.doing(OPERATION)
}

async fn unneeded(connection: &mut PgConnection) -> Result<Vec<Vec<u8>>, StoreError> {
    let sql = unneeded!("select digest from chunks c where", "");
    sqlx::query_scalar(sql).fetch_all(connection).await.doing(OPERATION)
}

/// Each is looked at again: an upload may have come meanwhile that needs it. Answers with their bytes.
async fn drop_chunks(connection: &mut PgConnection, digests: &[Vec<u8>]) -> Result<u64, StoreError> {
    let mut transaction = connection.begin().await.doing(OPERATION)?;
    sqlx::query(LOCK).execute(&mut *transaction).await.doing(OPERATION)?;
    let freed: Vec<i32> =
        sqlx::query_scalar(unneeded!("delete from chunks c where digest = any($1) and", "returning length(data)"))
            .bind(digests)
            .fetch_all(&mut *transaction)
            .await
            .doing(OPERATION)?;
    transaction.commit().await.doing(OPERATION)?;
    Ok(freed.into_iter().map(|bytes| u64::from(bytes.unsigned_abs())).sum())
}

pub(super) async fn bytes_of_only(connection: &mut PgConnection, snapshots: &[Digest]) -> Result<u64, StoreError> {
    let bytes: i64 = sqlx::query_scalar(
        "select coalesce(sum(size), 0)::bigint from (
           select distinct c.chunk, c.size from snapshot_chunks c where c.snapshot = any($1)
           and not exists (select from snapshot_chunks o where o.chunk = c.chunk and o.snapshot <> all($1))
           and not exists (select from upload_chunks u where u.chunk = c.chunk)) as only_theirs",
    )
    .bind(snapshots.iter().map(|digest| &digest.as_bytes()[..]).collect::<Vec<&[u8]>>())
    .fetch_one(connection)
    .await
    .doing("count what only some snapshots take")?;
    Ok(bytes.unsigned_abs())
}
