//! Snapshots of agents' states.

mod collect;
mod upload;

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{Chunk, Snapshot, Snapshots, StoreError, Upload};
use god33_domain::{Digest, Timestamp};
use sqlx::sqlite::SqliteConnection;

use crate::error::failed;
use crate::row::Columns;
use crate::{SqliteStore, ids};

#[async_trait]
impl Snapshots for SqliteStore {
    async fn start_upload(&self, upload: &Upload) -> Result<Vec<u32>, StoreError> {
        upload::start(self, upload).await
    }

    async fn upload(&self, id: &str) -> Result<Option<Upload>, StoreError> {
        upload::get(self, id).await
    }

    async fn keep_chunk(&self, upload: &str, digest: Digest, data: &[u8], now: Timestamp) -> Result<bool, StoreError> {
        upload::keep_chunk(self, upload, digest, data, now).await
    }

    async fn missing_chunks(&self, upload: &str) -> Result<Vec<u32>, StoreError> {
        upload::missing(self, upload).await
    }

    async fn finish_upload(&self, upload: &str, now: Timestamp) -> Result<Option<Snapshot>, StoreError> {
        upload::finish(self, upload, now).await
    }

    async fn snapshots(&self, digests: &[Digest]) -> Result<Vec<Snapshot>, StoreError> {
        const OPERATION: &str = "read snapshots";
        let sql = "select digest, size, media_type, stored_bytes from snapshots \
            where digest in (select unhex(value) from json_each(?))";
        let mut reader = self.connections.read(OPERATION).await?;
        let rows = sqlx::query(sql)
            .bind(ids::digests(digests))
            .fetch_all(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        rows.iter().map(|row| without_chunks(&mut Columns::of(row, OPERATION))).collect()
    }

    async fn snapshot(&self, digest: Digest) -> Result<Option<Snapshot>, StoreError> {
        const OPERATION: &str = "read a snapshot";
        let mut reader = self.connections.read(OPERATION).await?;
        get(&mut reader.connection, digest, OPERATION).await
    }

    async fn chunk(&self, digest: Digest) -> Result<Option<Bytes>, StoreError> {
        const OPERATION: &str = "read a chunk of a snapshot";
        let mut reader = self.connections.read(OPERATION).await?;
        let data: Option<Vec<u8>> = sqlx::query_scalar("select data from chunks where digest = ?")
            .bind(digest.as_bytes().as_slice())
            .fetch_optional(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        Ok(data.map(Bytes::from))
    }

    async fn bytes_of_only(&self, snapshots: &[Digest]) -> Result<u64, StoreError> {
        collect::bytes_of_only(self, snapshots).await
    }

    async fn collect_snapshots(&self, before: Timestamp) -> Result<u64, StoreError> {
        collect::collect(self, before).await
    }
}

async fn get(
    connection: &mut SqliteConnection,
    digest: Digest,
    operation: &'static str,
) -> Result<Option<Snapshot>, StoreError> {
    let row = sqlx::query("select digest, size, media_type, stored_bytes from snapshots where digest = ?")
        .bind(digest.as_bytes().as_slice())
        .fetch_optional(&mut *connection)
        .await
        .map_err(failed(operation))?;
    let Some(row) = row else { return Ok(None) };
    let found = without_chunks(&mut Columns::of(&row, operation))?;
    let rows = sqlx::query("select chunk, size from snapshot_chunks where snapshot = ? order by place")
        .bind(digest.as_bytes().as_slice())
        .fetch_all(connection)
        .await
        .map_err(failed(operation))?;
    let chunks = rows.iter().map(|row| chunk(&mut Columns::of(row, operation))).collect::<Result<_, _>>()?;
    Ok(Some(Snapshot { chunks, ..found }))
}

/// Reads `digest, size, media_type, stored_bytes`.
fn without_chunks(columns: &mut Columns<'_>) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        digest: columns.digest()?,
        size: columns.get::<i64>()?.unsigned_abs(),
        media_type: columns.get()?,
        stored_bytes: columns.get::<i64>()?.unsigned_abs(),
        chunks: Vec::new(),
    })
}

/// Reads `chunk, size`.
fn chunk(columns: &mut Columns<'_>) -> Result<Chunk, StoreError> {
    Ok(Chunk { digest: columns.digest()?, size: columns.get()? })
}
