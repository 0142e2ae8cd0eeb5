//! Announces a snapshot, and answers which of its chunks are to be sent.

use god33_domain::checkpoint::within_quota;
use god33_domain::ports::{Chunk, Snapshots, Upload};
use god33_domain::{Digest, Limits, Refusal, RequestId};
use god33_proto::v1::{ChunkInfo, ErrorReason, StartSnapshotUploadRequest, StartSnapshotUploadResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::link;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text};
use crate::{Action, App, Principal};

/// The most chunks of a snapshot: so many that their list fits into an answer beside one of them.
const MOST_CHUNKS: usize = 65_536;

pub(super) async fn start_snapshot_upload(
    app: &App,
    request: Request<StartSnapshotUploadRequest>,
) -> Result<Response<StartSnapshotUploadResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let (upload, repeats) = parse(app, request.get_ref())?;
    let store = app.snapshots(principal, Action::SendSnapshot(&upload.session_id)).await?;
    let missing_chunks = match repeats {
        Some(id) if is_repeat(store, &upload, id).await? => store.missing_chunks(&upload.upload_id).await?,
        _ => {
            let session = link::stored_session(app, principal, &upload.session_id).await?;
            within_quota(&session, upload.size, Some(app.limits.session_snapshot_bytes))?;
            store.start_upload(&upload).await?
        }
    };
    Ok(Response::new(StartSnapshotUploadResponse { upload_id: upload.upload_id, missing_chunks }))
}

/// The upload, and the id under which the request may have come before.
fn parse(app: &App, request: &StartSnapshotUploadRequest) -> Result<(Upload, Option<RequestId>), Failure> {
    let at = |name| Path::Member(&Path::Request, name);
    let mut found = Violations::default();
    let request_id = match request.request_id.as_str() {
        "" => None,
        text => id::uuid(text, &at("request_id"), &mut found),
    };
    let session_id: Option<god33_domain::SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, &mut found);
    let digest = digest(&request.digest, &at("digest"), &mut found);
    check_size(request.size, &app.limits, &mut found);
    let chunks = chunks(request, &app.limits, &mut found);
    let media_type =
        plain_text::optional(&request.media_type, 255, ErrorReason::InvalidField, &at("media_type"), &mut found);
    found.finish()?;
    let (Some(session_id), Some(digest)) = (session_id, digest) else {
        return Err(Failure::defect("a snapshot had no fault and cannot be taken"));
    };
    let upload = Upload {
        upload_id: upload_id(request_id).to_string(),
        session_id: session_id.as_str().to_owned(),
        digest,
        size: request.size,
        media_type: media_type.unwrap_or_default(),
        chunks,
        touched_at: app.clock.now(),
    };
    Ok((upload, request_id.map(RequestId)))
}

/// A repeat of the request is about the same upload.
fn upload_id(request_id: Option<Uuid>) -> Uuid {
    request_id.map_or_else(Uuid::now_v7, |id| Uuid::new_v5(&id, b"StartSnapshotUpload"))
}

fn digest(bytes: &[u8], at: &Path<'_>, found: &mut Violations) -> Option<Digest> {
    let digest = Digest::from_slice(bytes);
    if digest.is_none() {
        let why = format!("has {} bytes and must have 32: it is a SHA-256, not in hexadecimal", bytes.len());
        found.add(at, ErrorReason::InvalidField, why);
    }
    digest
}

fn check_size(size: u64, limits: &Limits, found: &mut Violations) {
    let at = Path::Request.member("size");
    if size == 0 {
        found.add(&at, ErrorReason::InvalidField, "must be at least 1: save an empty state without a snapshot");
    }
    if size > limits.snapshot_bytes {
        too_large(size, limits.snapshot_bytes, "save a smaller snapshot", &at, found);
    }
}

/// Notes that a snapshot is too large.
pub(super) fn too_large(actual: u64, limit: u64, cure: &str, at: &Path<'_>, found: &mut Violations) {
    let details = vec![("limit", limit.to_string()), ("actual", actual.to_string())];
    let why = format!("is {actual} bytes and the limit is {limit}: {cure}");
    found.add_with(at, ErrorReason::SnapshotTooLarge, why, details);
}

fn chunks(request: &StartSnapshotUploadRequest, limits: &Limits, found: &mut Violations) -> Vec<Chunk> {
    let at = Path::Request.member("chunks");
    if request.chunks.len() > MOST_CHUNKS {
        let why = format!("has {} items and must have at most {MOST_CHUNKS}: cut larger chunks", request.chunks.len());
        found.add(&at, ErrorReason::TooManyItems, why);
        return Vec::new();
    }
    let sum: u64 = request.chunks.iter().map(|chunk| u64::from(chunk.size)).sum();
    if sum != request.size {
        let why = format!("have {sum} bytes together and the snapshot has {}: name all chunks, in order", request.size);
        found.add(&at, ErrorReason::InvalidField, why);
    }
    let chunks = request.chunks.iter().enumerate();
    chunks.filter_map(|(place, announced)| chunk(announced, limits, &at.item(place), found)).collect()
}

fn chunk(announced: &ChunkInfo, limits: &Limits, at: &Path<'_>, found: &mut Violations) -> Option<Chunk> {
    let digest = digest(&announced.digest, &at.member("digest"), found);
    if announced.size == 0 || announced.size > limits.chunk_bytes {
        let why = format!("is {} and must be 1 to {} bytes", announced.size, limits.chunk_bytes);
        found.add(&at.member("size"), ErrorReason::InvalidField, why);
    }
    Some(Chunk { digest: digest?, size: announced.size })
}

/// True when this upload was begun before.
///
/// # Errors
/// Something else was asked under the same id.
async fn is_repeat(store: &dyn Snapshots, upload: &Upload, request_id: RequestId) -> Result<bool, Failure> {
    let Some(known) = store.upload(&upload.upload_id).await? else { return Ok(false) };
    // What is cut otherwise is the same only where the content was stored before, cut as it is known now.
    let is_cut_so = known.chunks == upload.chunks || store.snapshot(known.digest).await?.is_some();
    let is_same = (&known.session_id, known.digest, known.size, &known.media_type)
        == (&upload.session_id, upload.digest, upload.size, &upload.media_type);
    if is_same && is_cut_so { Ok(true) } else { Err(Refusal::RequestIdReused(request_id).into()) }
}
