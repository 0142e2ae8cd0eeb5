//! Prose: texts for people, of more than one line where they need it.

use god33_proto::v1::ErrorReason;

use super::path::Path;
use super::violations::Violations;

/// The longest prose of one field, in bytes.
const LONGEST: usize = 64 << 10;

/// Reads prose that may be absent.
pub(crate) fn prose(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<String> {
    if text.len() > LONGEST {
        let why =
            format!("is {} bytes and must be at most {LONGEST}: keep it elsewhere and send a reference", text.len());
        found.add(at, ErrorReason::InvalidField, why);
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads prose that must be there.
pub(crate) fn required(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<String> {
    let read = prose(text, at, found);
    if read.is_none() {
        found.add(at, ErrorReason::InvalidField, "is required and must not be empty");
    }
    read
}
