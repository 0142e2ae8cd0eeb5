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

    async fn snapshots(&self, digests: &[Digest]) -> Result<Vec<Snapshot>, StoreError> {
        self.reads.ask(async |c| in_brief(c, digests).await).await
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

async fn in_brief(connection: &mut PgConnection, digests: &[Digest]) -> Result<Vec<Snapshot>, StoreError> {
    const OPERATION: &str = "read snapshots";
    let rows = sqlx::query("select digest, size, media_type, stored_bytes from snapshots where digest = any($1)")
        .bind(digests.iter().map(|digest| &digest.as_bytes()[..]).collect::<Vec<&[u8]>>())
        .fetch_all(connection)
        .await
        .doing(OPERATION)?;
    rows.iter().map(|row| without_chunks(&mut Columns::of(row, OPERATION))).collect()
}

async fn get(connection: &mut PgConnection, digest: Digest) -> Result<Option<Snapshot>, StoreError> {
    const OPERATION: &str = "read a snapshot";
    let row = sqlx::query("select digest, size, media_type, stored_bytes from snapshots where digest = $1")
        .bind(digest.as_bytes().as_slice())
        .fetch_optional(&mut *connection)
        .await
        .doing(OPERATION)?;
    let Some(row) = row else { return Ok(None) };
    let found = without_chunks(&mut Columns::of(&row, OPERATION))?;
    let rows = sqlx::query("select chunk, size from snapshot_chunks where snapshot = $1 order by place")
        .bind(digest.as_bytes().as_slice())
        .fetch_all(connection)
        .await
        .doing(OPERATION)?;
    let chunks = rows.iter().map(|row| chunk(&mut Columns::of(row, OPERATION))).collect::<Result<_, _>>()?;
    Ok(Some(Snapshot { chunks, ..found }))
}

/// Reads `digest, size, media_type, stored_bytes`.
fn without_chunks(columns: &mut Columns<'_>) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        digest: columns.digest()?,
        size: columns.take::<i64>()?.unsigned_abs(),
        media_type: columns.take()?,
        stored_bytes: columns.take::<i64>()?.unsigned_abs(),
        chunks: Vec::new(),
    })
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
