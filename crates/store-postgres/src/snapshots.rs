//! Snapshots of agents' states.

mod collect;
mod upload;

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{Chunk, Snapshot, Snapshots, StoreError, Upload};
use god33_domain::{Digest, Timestamp};
use sqlx::PgConnection;

use crate::PostgresStore;
use crate::error::Doing;
use crate::row::Columns;

#[async_trait]
impl Snapshots for PostgresStore {
    async fn start_upload(&self, upload: &Upload) -> Result<Vec<u32>, StoreError> {
        self.reads.ask(async |c| upload::start(c, upload).await).await
    }

    async fn upload(&self, id: &str) -> Result<Option<Upload>, StoreError> {
        self.reads.ask(async |c| upload::get(c, id).await).await
    }

    async fn keep_chunk(&self, upload: &str, digest: Digest, data: &[u8], now: Timestamp) -> Result<bool, StoreError> {
        self.reads.ask(async |c| upload::keep_chunk(c, upload, digest, data, now).await).await
    }

    async fn missing_chunks(&self, upload: &str) -> Result<Vec<u32>, StoreError> {
        self.reads.ask(async |c| upload::missing(c, upload).await).await
    }

    async fn finish_upload(&self, upload: &str, now: Timestamp) -> Result<Option<Snapshot>, StoreError> {
        self.reads.ask(async |c| upload::finish(c, upload, now).await).await
    }

    async fn snapshot(&self, digest: Digest) -> Result<Option<Snapshot>, StoreError> {
        self.reads.ask(async |c| get(c, digest).await).await
    }

    async fn chunk(&self, digest: Digest) -> Result<Option<Bytes>, StoreError> {
        self.reads.ask(async |c| chunk_data(c, digest).await).await
    }

    async fn bytes_of_only(&self, snapshots: &[Digest]) -> Result<u64, StoreError> {
        self.reads.ask(async |c| collect::bytes_of_only(c, snapshots).await).await
    }

    async fn collect_snapshots(&self, before: Timestamp) -> Result<u64, StoreError> {
        collect::collect(&self.reads, before).await
    }
}

async fn get(connection: &mut PgConnection, digest: Digest) -> Result<Option<Snapshot>, StoreError> {
    const OPERATION: &str = "read a snapshot";
    let row = sqlx::query("select size, media_type, stored_bytes from snapshots where digest = $1")
        .bind(digest.as_bytes().as_slice())
        .fetch_optional(&mut *connection)
        .await
        .doing(OPERATION)?;
    let Some(row) = row else { return Ok(None) };
    let mut columns = Columns::of(&row, OPERATION);
    let (size, media_type, stored) = (columns.take::<i64>()?, columns.take()?, columns.take::<i64>()?);
    let rows = sqlx::query("select chunk, size from snapshot_chunks where snapshot = $1 order by place")
        .bind(digest.as_bytes().as_slice())
        .fetch_all(connection)
        .await
        .doing(OPERATION)?;
    let chunks = rows.iter().map(|row| chunk(&mut Columns::of(row, OPERATION))).collect::<Result<_, _>>()?;
    Ok(Some(Snapshot { digest, size: size.unsigned_abs(), media_type, chunks, stored_bytes: stored.unsigned_abs() }))
}

/// Reads `chunk, size`.
fn chunk(columns: &mut Columns<'_>) -> Result<Chunk, StoreError> {
    Ok(Chunk { digest: columns.digest()?, size: columns.take::<i32>()?.unsigned_abs() })
}

async fn chunk_data(connection: &mut PgConnection, digest: Digest) -> Result<Option<Bytes>, StoreError> {
    let data: Option<Vec<u8>> = sqlx::query_scalar("select data from chunks where digest = $1")
        .bind(digest.as_bytes().as_slice())
        .fetch_optional(connection)
        .await
        .doing("read a chunk of a snapshot")?;
    Ok(data.map(Bytes::from))
}
