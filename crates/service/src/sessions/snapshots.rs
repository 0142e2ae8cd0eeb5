//! Snapshots: as answers show them, and chunk by chunk, each held against its digest.

use bytes::Bytes;
use god33_domain::checkpoint::Checkpoint;
use god33_domain::ports::{Snapshot, Snapshots, StoreError};
use god33_domain::{Digest, JsonText};
use god33_proto::v1::{ChunkInfo, ErrorReason, SnapshotInfo};
use prost_types::Struct;

use crate::App;
use crate::wire::json::read_open;
use crate::wire::status::Failure;

/// The greatest snapshot that is shown as a memory, in bytes.
const LARGEST_MEMORY: u64 = 1 << 20;

/// A snapshot as its message.
pub(super) fn to_proto(snapshot: &Snapshot) -> SnapshotInfo {
    let bytes = |digest: Digest| Bytes::copy_from_slice(digest.as_bytes());
    let chunks = snapshot.chunks.iter().map(|chunk| ChunkInfo { digest: bytes(chunk.digest), size: chunk.size });
    SnapshotInfo {
        digest: bytes(snapshot.digest),
        size: snapshot.size,
        media_type: snapshot.media_type.clone(),
        chunks: chunks.collect(),
        stored_bytes: snapshot.stored_bytes,
    }
}

/// The memory of an agent: its snapshot, when that is a JSON object that an open object can hold, and not too large to send along.
pub(crate) async fn memory(app: &App, checkpoint: &Checkpoint) -> Result<Option<Struct>, Failure> {
    let Some(digest) = checkpoint.snapshot() else { return Ok(None) };
    let Some(snapshot) = app.store.snapshot(digest).await? else { return Ok(None) };
    if snapshot.size > LARGEST_MEMORY {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    for place in 0..snapshot.chunks.len() {
        bytes.extend_from_slice(&chunk(app.store.as_ref(), &snapshot, place).await?);
    }
    let text = String::from_utf8(bytes).ok().and_then(|text| JsonText::parse(text).ok());
    Ok(text.and_then(|text| read_open(text.as_str()).ok()))
}

/// The bytes of a snapshot's chunk.
///
/// # Errors
/// It is damaged, or the snapshot was dropped meanwhile.
pub(super) async fn chunk<S: Snapshots + ?Sized>(
    store: &S,
    snapshot: &Snapshot,
    place: usize,
) -> Result<Bytes, Failure> {
    let Some(announced) = snapshot.chunks.get(place) else { return Err(not_kept()) };
    match store.chunk(announced.digest).await? {
        Some(data) if Digest::of_bytes(&data) == announced.digest => Ok(data),
        None if store.snapshot(snapshot.digest).await?.is_none() => Err(not_kept()),
        found => {
            let what = if found.is_some() { "has other bytes than it had" } else { "is not there" };
            let detail = format!("chunk {place} of snapshot {}, {}, {what}", snapshot.digest, announced.digest);
            Err(StoreError::Corrupt { operation: "read a chunk of a snapshot", detail }.into())
        }
    }
}

/// The checkpoint has no snapshot, or no more.
pub(super) fn not_kept() -> Failure {
    Failure::new(
        ErrorReason::SnapshotNotFound,
        "no snapshot of this checkpoint is kept: use its context_snapshot, or another checkpoint",
    )
}
