//! Gives a checkpoint its snapshot: a small one that came along with it, or one that was uploaded before.

use bytes::Bytes;
use god33_domain::ports::{Chunk, Snapshot, Upload};
use god33_domain::{Digest, RequestId};
use god33_proto::v1::{ErrorReason, SaveCheckpointRequest};
use uuid::Uuid;

use super::start_snapshot_upload::too_large;
use super::{chunk, snapshots};
use crate::wire::path::Path;
use crate::wire::plain_text;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

/// How many missing chunks a refusal names: as many as fit into the trailers of every client.
const MISSING_NAMED: usize = 100;

/// A snapshot that is stored whole, and that a checkpoint may name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Attached {
    /// SHA-256 of the whole.
    pub(super) digest: Digest,
    /// Its size in bytes.
    pub(super) size: u64,
}

impl From<Snapshot> for Attached {
    fn from(snapshot: Snapshot) -> Self {
        Self { digest: snapshot.digest, size: snapshot.size }
    }
}

/// Stores what comes with a checkpoint of a session; `None` when no snapshot does, or the request was answered before and gets that answer.
/// What no checkpoint comes to name is dropped later.
pub(super) async fn attach(
    app: &App,
    principal: &Principal,
    request: &SaveCheckpointRequest,
    session_id: &str,
) -> Result<Option<Attached>, Failure> {
    let media_type = parse(app, request)?;
    if request.upload_id.is_empty() && request.snapshot.is_empty() {
        return Ok(None);
    }
    app.snapshots(principal, Action::SendSnapshot(session_id)).await?;
    match (request.upload_id.as_str(), &request.snapshot) {
        ("", snapshot) => store_small(app, session_id, media_type, snapshot).await.map(Some),
        (upload_id, _) => match app.store.upload(upload_id).await?.filter(|upload| upload.session_id == session_id) {
            Some(upload) => finish(app, upload).await.map(Some),
            None if was_answered(app, request).await? => Ok(None),
            None => Err(chunk::not_there(upload_id)),
        },
    }
}

/// Checks what the request says about the snapshot. Answers with its media type.
fn parse(app: &App, request: &SaveCheckpointRequest) -> Result<String, Failure> {
    let at = |name| Path::Member(&Path::Request, name);
    let mut found = Violations::default();
    let media_type =
        plain_text::optional(&request.media_type, 255, ErrorReason::InvalidField, &at("media_type"), &mut found);
    let (size, limit) = (request.snapshot.len() as u64, u64::from(app.limits.chunk_bytes));
    if size > limit {
        too_large(size, limit, "upload it with StartSnapshotUpload", &at("snapshot"), &mut found);
    }
    if size > 0 && !request.upload_id.is_empty() {
        let why = "must be empty beside upload_id: send the snapshot along, or the upload in which it was sent";
        found.add(&at("snapshot"), ErrorReason::InvalidField, why);
    }
    found.finish()?;
    Ok(media_type.unwrap_or_default())
}

/// A snapshot of one chunk.
async fn store_small(app: &App, session_id: &str, media_type: String, data: &Bytes) -> Result<Attached, Failure> {
    let digest = Digest::of_bytes(data);
    let size = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let upload = Upload {
        upload_id: Uuid::now_v7().to_string(),
        session_id: session_id.to_owned(),
        digest,
        size: size.into(),
        media_type,
        chunks: vec![Chunk { digest, size }],
        touched_at: app.clock.now(),
    };
    if !app.store.start_upload(&upload).await?.is_empty() {
        app.store.keep_chunk(&upload.upload_id, digest, data, app.clock.now()).await?;
    }
    make_snapshot(app, &upload).await
}

/// Ends an upload whose chunks are all there.
async fn finish(app: &App, upload: Upload) -> Result<Attached, Failure> {
    let missing = app.store.missing_chunks(&upload.upload_id).await?;
    if !missing.is_empty() {
        return Err(incomplete(&upload, &missing));
    }
    // What is a snapshot already was verified when it became one.
    if app.store.snapshot(upload.digest).await?.is_none() {
        verify(app, &upload).await?;
    }
    make_snapshot(app, &upload).await
}

async fn make_snapshot(app: &App, upload: &Upload) -> Result<Attached, Failure> {
    let made = app.store.finish_upload(&upload.upload_id, app.clock.now()).await?;
    made.map(Attached::from).ok_or_else(|| chunk::not_there(&upload.upload_id))
}

/// Holds the whole against its digest, chunk by chunk: each chunk is what was announced, but the order may not be.
async fn verify(app: &App, upload: &Upload) -> Result<(), Failure> {
    let Upload { digest, size, media_type, chunks, .. } = upload.clone();
    let whole = Snapshot { digest, size, media_type, chunks, stored_bytes: 0 };
    let mut digesting = Digest::begin();
    for place in 0..whole.chunks.len() {
        digesting.take(&snapshots::chunk(app.store.as_ref(), &whole, place).await?);
    }
    let found = digesting.finish();
    if found == digest {
        return Ok(());
    }
    let why = format!(
        "the chunks of upload {} make a whole with digest {found}, and {digest} was announced: start an upload with the digest of the whole",
        upload.upload_id
    );
    Err(Failure::new(ErrorReason::DigestMismatch, why))
}

fn incomplete(upload: &Upload, missing: &[u32]) -> Failure {
    let named: Vec<String> = missing.iter().take(MISSING_NAMED).map(u32::to_string).collect();
    let why = format!(
        "{} of {} chunks of upload {} are missing: send them and save the checkpoint again",
        missing.len(),
        upload.chunks.len(),
        upload.upload_id
    );
    Failure::new(ErrorReason::UploadIncomplete, why).with("missing", named.join(","))
}

/// True for a repeat that came when its upload was forgotten already. What was asked under the id is compared where it is answered.
async fn was_answered(app: &App, request: &SaveCheckpointRequest) -> Result<bool, Failure> {
    match Uuid::try_parse(&request.request_id) {
        Ok(id) => Ok(app.store.first_answer(RequestId(id)).await?.is_some()),
        Err(_) => Ok(false),
    }
}
