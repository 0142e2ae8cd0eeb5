//! Drops what nothing needs.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use sqlx::Connection;

use crate::SqliteStore;
use crate::error::failed;

const OPERATION: &str = "drop snapshots that nothing needs";

/// In one transaction, so that no chunk goes between an upload that found it stored and the snapshot that it becomes.
pub(super) async fn collect(store: &SqliteStore, before: Timestamp) -> Result<u64, StoreError> {
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
    sqlx::query("delete from snapshot_chunks where not exists (select 1 from snapshots s where s.digest = snapshot_chunks.snapshot)")
        .execute(&mut *transaction)
        .await
        .map_err(failed(OPERATION))?;
    let freed: Vec<i64> = sqlx::query_scalar(
        "delete from chunks where not exists (select 1 from snapshot_chunks s where s.chunk = chunks.digest) \
         and not exists (select 1 from upload_chunks u where u.chunk = chunks.digest) returning length(data)",
    )
    .fetch_all(&mut *transaction)
    .await
    .map_err(failed(OPERATION))?;
    transaction.commit().await.map_err(failed(OPERATION))?;
    Ok(freed.into_iter().map(i64::unsigned_abs).sum())
}
