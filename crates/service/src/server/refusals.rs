//! What the server itself refuses.

use god33_proto::v1::ErrorReason;
use uuid::Uuid;

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

pub(super) fn origin_not_allowed(origin: &str) -> Failure {
    let message = format!("pages of {origin} may not call this server: add the origin to server.allowed_origins");
    Failure::new(ErrorReason::OriginNotAllowed, message)
}

pub(super) fn no_such_call(call: &str) -> Failure {
    let message =
        format!("there is no call {call}: check its name, or use a newer server; reflection lists what there is");
    Failure::new(ErrorReason::NotImplemented, message)
}

/// The handler of a call panicked. Where, the panic itself has said on standard error; the incident ties the two together.
pub(super) fn defect(call: &str) -> Failure {
    let incident = Uuid::new_v4();
    tracing::error!(%incident, call, "a handler panicked, which is a defect: please report it");
    let message = format!("a defect of the server: please report it with the id {incident}");
    Failure::new(ErrorReason::Internal, message).with("incident", incident)
}

/// A message that the transport does not take, and how large it was where that is known.
pub(super) fn message_too_large(limit: &str, actual: Option<&str>) -> Failure {
    let message = format!("the message is larger than {limit} bytes: send smaller batches");
    let failure = Failure::new(ErrorReason::BatchTooLarge, message).with("limit", limit);
    match actual {
        Some(actual) => failure.with("actual", actual),
        None => failure,
    }
}

/// A message that is no Protobuf of its type; `field` is where, as far as the decoder knows.
pub(super) fn unreadable(field: &str, problem: &str) -> Failure {
    let field = if field.is_empty() { Path::Request } else { Path::Request.member(field) };
    let mut found = Violations::default();
    found.add(&field, ErrorReason::InvalidField, format!("cannot be read: {problem}"));
    found.into()
}
