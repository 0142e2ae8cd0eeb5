//! Taking a chunk of a snapshot.

use god33_domain::Digest;
use god33_domain::ports::{Chunk, Snapshots, Upload};
use god33_proto::v1::ErrorReason;

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

/// An upload that a client sends chunks for.
pub(super) struct Open<'a> {
    store: &'a dyn Snapshots,
    app: &'a App,
    pub(super) upload: Upload,
}

impl<'a> Open<'a> {
    /// Finds an upload.
    ///
    /// # Errors
    /// It is not there.
    pub(super) async fn find(app: &'a App, principal: &Principal, id: &str) -> Result<Self, Failure> {
        if id.is_empty() {
            let mut found = Violations::default();
            let why = "is required: StartSnapshotUpload answers with it";
            found.add(&Path::Request.member("upload_id"), ErrorReason::InvalidField, why);
            return Err(found.into());
        }
        let upload = app.store.upload(id).await?.ok_or_else(|| not_there(id))?;
        let store = app.snapshots(principal, Action::SendSnapshot(&upload.session_id)).await?;
        Ok(Self { store, app, upload })
    }

    /// Keeps a chunk, if it is what was announced.
    pub(super) async fn take(&self, index: u32, data: &[u8]) -> Result<(), Failure> {
        let Some(announced) = self.upload.chunks.get(index as usize) else { return Err(self.unknown(index).await?) };
        let digest = Digest::of_bytes(data);
        if digest != announced.digest {
            return Err(self.mismatch(index, *announced, digest, data.len()));
        }
        let is_kept = self.store.keep_chunk(&self.upload.upload_id, digest, data, self.app.clock.now()).await?;
        if is_kept { Ok(()) } else { Err(not_there(&self.upload.upload_id)) }
    }

    /// The numbers of the chunks that are missing.
    pub(super) async fn missing(&self) -> Result<Vec<u32>, Failure> {
        Ok(self.store.missing_chunks(&self.upload.upload_id).await?)
    }

    async fn unknown(&self, index: u32) -> Result<Failure, Failure> {
        let (id, count) = (&self.upload.upload_id, self.upload.chunks.len());
        let next = self.missing().await?.first().map_or(count, |place| *place as usize);
        let why = format!("upload {id} has {count} chunks, and {index} is none of their numbers, which begin with 0");
        Ok(Failure::new(ErrorReason::InvalidChunk, why).with("expected_offset", next))
    }

    fn mismatch(&self, index: u32, announced: Chunk, digest: Digest, size: usize) -> Failure {
        let why = format!(
            "chunk {index} was announced with {} bytes and digest {}, and these are {size} with digest {digest}: send it again, nothing was kept",
            announced.size, announced.digest
        );
        Failure::new(ErrorReason::DigestMismatch, why).with("index", index)
    }
}

/// There is no such upload.
pub(super) fn not_there(id: &str) -> Failure {
    let why = format!(
        "no upload {id} is open, one ends when an hour passes without a chunk: start it again, chunks that are kept are not sent twice"
    );
    Failure::new(ErrorReason::UploadNotFound, why).with("id", id)
}
