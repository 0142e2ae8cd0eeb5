//! Texts that a column can hold and a person can read.

use god33_domain::is_plain_text;
use god33_proto::v1::ErrorReason;

use super::path::Path;
use super::violations::Violations;

/// Reads a text of 1 to `limit` characters. One that is none is noted with `reason`.
pub(crate) fn required(
    text: &str,
    limit: usize,
    reason: ErrorReason,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<String> {
    if text.is_empty() {
        found.add(at, reason, format!("is required: 1 to {limit} characters without control characters"));
    }
    optional(text, limit, reason, at, found)
}

/// Reads a text of at most `limit` characters; empty is absent. One that is none is noted with `reason`.
pub(crate) fn optional(
    text: &str,
    limit: usize,
    reason: ErrorReason,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if !is_plain_text(text, limit) {
        found.add(at, reason, format!("must be 1 to {limit} characters without control characters"));
    }
    Some(text.to_owned())
}
