//! A refusal as a status with `google.rpc` details.

use std::collections::HashMap;

use god33_proto::PACKAGE;
use tonic::Status;
use tonic_types::{ErrorDetails, FieldViolation, StatusExt as _};

use super::Failure;
use crate::wire::violations::Violation;

/// Details travel in trailers, and many clients give up on more than 8 KiB of them, encoded: so as many violations are named as fit.
const VIOLATION_BYTES: usize = 3 << 10;
const TEXT_CHARS: usize = 512;

/// The metadata that says how many violations did not fit.
const LEFT_OUT: &str = "violations_left_out";

pub(super) fn status(failure: Failure) -> Status {
    let Failure { reason, message, metadata, violations, retry_after } = failure;
    let (named, left_out) = cut(violations);
    let mut metadata: HashMap<String, String> = metadata.into_iter().collect();
    if left_out > 0 {
        metadata.insert(LEFT_OUT.into(), left_out.to_string());
    }
    let mut details = ErrorDetails::new();
    details.set_error_info(reason.reason(), PACKAGE, metadata);
    if !named.is_empty() {
        details.set_bad_request(named);
    }
    if retry_after.is_some() {
        details.set_retry_info(retry_after);
    }
    Status::with_error_details(reason.code(), shortened(&message), details)
}

fn cut(violations: Vec<Violation>) -> (Vec<FieldViolation>, usize) {
    let (mut named, mut bytes, all) = (Vec::new(), 0, violations.len());
    for violation in violations {
        let violation = FieldViolation {
            field: shortened(&violation.field),
            description: shortened(&violation.description),
            reason: violation.reason.reason().to_owned(),
            localized_message: None,
        };
        bytes += violation.field.len() + violation.description.len() + violation.reason.len();
        if bytes > VIOLATION_BYTES && !named.is_empty() {
            break;
        }
        named.push(violation);
    }
    let left_out = all - named.len();
    (named, left_out)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(TEXT_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
