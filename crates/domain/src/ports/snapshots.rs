//! Where the snapshots of agents' states are kept: beside the log, in chunks, each chunk once.

use async_trait::async_trait;
use bytes::Bytes;

use super::StoreError;
use crate::{Digest, Timestamp};

/// How long an upload lasts for which nothing is sent, and a snapshot that no checkpoint names, in seconds: an hour.
const UNUSED_SECONDS: i64 = 60 * 60;

/// What nobody touched since then may be dropped.
pub fn unused_before(now: Timestamp) -> Timestamp {
    Timestamp::from_micros(now.micros().saturating_sub(UNUSED_SECONDS * 1_000_000))
}

/// Keeps snapshots. A snapshot that no checkpoint names is dropped when it is old enough; until then a checkpoint may still come to name it.
#[async_trait]
pub trait Snapshots: Send + Sync {
    /// Begins to take a snapshot. Answers with the places of the chunks that are not stored yet. Begun again under the same id, nothing
    /// but the answer happens.
    async fn start_upload(&self, upload: &Upload) -> Result<Vec<u32>, StoreError>;

    /// An upload that was begun and not given up. One that is finished stays as long as one that is not, with the chunks of its snapshot,
    /// so that who lost the answer can ask again.
    async fn upload(&self, id: &str) -> Result<Option<Upload>, StoreError>;

    /// Keeps a chunk of an upload, whose bytes have its digest. False, and nothing kept, when the upload is not there.
    async fn keep_chunk(&self, upload: &str, digest: Digest, data: &[u8], now: Timestamp) -> Result<bool, StoreError>;

    /// The places of the chunks of an upload that are not stored yet.
    async fn missing_chunks(&self, upload: &str) -> Result<Vec<u32>, StoreError>;

    /// Makes a snapshot of an upload whose chunks are all stored. Answers with it; `None` when the upload is not there. Where the same content
    /// is a snapshot already, however it was cut, that one stands. Finished again, the answer is the same.
    async fn finish_upload(&self, upload: &str, now: Timestamp) -> Result<Option<Snapshot>, StoreError>;

    /// These snapshots without their chunks, as far as they are there, in any order.
    async fn snapshots(&self, digests: &[Digest]) -> Result<Vec<Snapshot>, StoreError>;

    /// A snapshot.
    async fn snapshot(&self, digest: Digest) -> Result<Option<Snapshot>, StoreError>;

    /// The bytes of a chunk.
    async fn chunk(&self, digest: Digest) -> Result<Option<Bytes>, StoreError>;

    /// How many bytes only these snapshots take: those of the chunks that no other snapshot and no unfinished upload has.
    async fn bytes_of_only(&self, snapshots: &[Digest]) -> Result<u64, StoreError>;

    /// Drops uploads and snapshots that nobody touched since `before` and no checkpoint names, and the chunks that only they had. Answers
    /// with how many bytes are free then.
    async fn collect_snapshots(&self, before: Timestamp) -> Result<u64, StoreError>;
}

/// A snapshot on its way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// Its id.
    pub upload_id: String,
    /// The session whose agent sends it.
    pub session_id: String,
    /// SHA-256 of the whole.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type; empty when it was not said.
    pub media_type: String,
    /// Its chunks, in order.
    pub chunks: Vec<Chunk>,
    /// When something was last sent for it.
    pub touched_at: Timestamp,
}

/// A part of a snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chunk {
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u32,
}

/// A snapshot that is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// SHA-256 of the whole.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type; empty when it was not said.
    pub media_type: String,
    /// Its chunks, in order.
    pub chunks: Vec<Chunk>,
    /// Bytes that were stored for it, without the chunks that were there already.
    pub stored_bytes: u64,
}
