//! Drops what nothing needs.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use sqlx::{Connection, PgConnection};

use crate::error::Doing;
use crate::time::floor;

const OPERATION: &str = "drop snapshots that nothing needs";

/// Uploads wait meanwhile (the lock on `uploads` keeps new ones out), so no chunk goes between an upload that found it stored and the
/// snapshot that it becomes.
pub(super) async fn collect(connection: &mut PgConnection, before: Timestamp) -> Result<u64, StoreError> {
    let mut transaction = connection.begin().await.doing(OPERATION)?;
    sqlx::query("lock table uploads in exclusive mode").execute(&mut *transaction).await.doing(OPERATION)?;
    for sql in [
        "delete from upload_chunks c using uploads u where u.upload_id = c.upload_id and u.touched_at < $1",
        "delete from uploads where touched_at < $1",
        "delete from snapshots s where kept_at < $1 and not exists (select from state_labels l
         where l.kind = 'checkpoint' and l.label = 'snapshot:' || encode(s.digest, 'hex'))",
    ] {
        sqlx::query(sql).bind(floor(before)).execute(&mut *transaction).await.doing(OPERATION)?;
    }
    sqlx::query("delete from snapshot_chunks c where not exists (select from snapshots s where s.digest = c.snapshot)")
        .execute(&mut *transaction)
        .await
        .doing(OPERATION)?;
    let freed: i64 = sqlx::query_scalar(
        "with dropped as (
           delete from chunks c where not exists (select from snapshot_chunks s where s.chunk = c.digest)
           and not exists (select from upload_chunks u where u.chunk = c.digest) returning length(data) as bytes)
         select coalesce(sum(bytes), 0)::bigint from dropped",
    )
    .fetch_one(&mut *transaction)
    .await
    .doing(OPERATION)?;
    transaction.commit().await.doing(OPERATION)?;
    Ok(freed.unsigned_abs())
}
