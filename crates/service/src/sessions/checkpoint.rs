//! Checkpoints as answers show them.

use god33_domain::checkpoint::Checkpoint;
use god33_domain::state::Kind;
use god33_domain::{Digest, Refusal};
use god33_proto::v1::{self, SnapshotInfo};

use crate::show;
use crate::wire::status::Failure;

/// A checkpoint as its message. Of its snapshot it says the digest and the size.
pub(super) fn message(checkpoint: &Checkpoint) -> Result<v1::Checkpoint, Failure> {
    let mut message: v1::Checkpoint = show::message(checkpoint)?;
    message.snapshot = snapshot_digest(checkpoint).map(|digest| SnapshotInfo {
        digest: digest.as_bytes().to_vec().into(),
        size: checkpoint.snapshot_size,
        ..SnapshotInfo::default()
    });
    Ok(message)
}

/// Checkpoints as their messages.
pub(super) fn messages(checkpoints: &[Checkpoint]) -> Result<Vec<v1::Checkpoint>, Failure> {
    checkpoints.iter().map(message).collect()
}

/// The digest of the snapshot that is kept with a checkpoint; that of a deleted one is gone.
pub(super) fn snapshot_digest(checkpoint: &Checkpoint) -> Option<Digest> {
    let text = checkpoint.snapshot_digest.as_deref().filter(|_| !checkpoint.deleted)?;
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    Digest::from_slice(&bytes?)
}

/// No checkpoint of this name is known.
pub(super) fn not_found(name: &str) -> Failure {
    Refusal::NotFound { kind: Checkpoint::KIND, id: name.to_owned() }.into()
}
