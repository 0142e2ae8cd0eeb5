//! SHA-256 of snapshots and their chunks.

use std::fmt::Write as _;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// The SHA-256 of bytes.
pub(super) fn digest(bytes: &[u8]) -> Bytes {
    finish(Sha256::new_with_prefix(bytes))
}

/// The SHA-256 of all that a hasher has seen.
pub(super) fn finish(hasher: Sha256) -> Bytes {
    Bytes::copy_from_slice(&hasher.finalize())
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
