//! The server's own refusals.

use std::collections::HashMap;

use god33_proto::PACKAGE;
use god33_proto::v1::ErrorReason;
use tonic::Status;
use tonic_types::{ErrorDetails, StatusExt};

use crate::AppError;

fn refuse(reason: ErrorReason, message: String, metadata: &[(&str, &str)]) -> Status {
    refuse_with(ErrorDetails::new(), reason, message, metadata)
}

fn refuse_with(mut details: ErrorDetails, reason: ErrorReason, message: String, metadata: &[(&str, &str)]) -> Status {
    let metadata: HashMap<String, String> =
        metadata.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    details.set_error_info(reason.reason(), PACKAGE, metadata);
    Status::with_error_details(reason.code(), message, details)
}

pub(crate) fn origin_not_allowed(origin: &str) -> Status {
    let message = format!("pages of {origin} may not call this server: add the origin to server.allowed_origins");
    refuse(ErrorReason::OriginNotAllowed, message, &[])
}

pub(crate) fn not_offered(call: &str) -> Status {
    let message =
        format!("this server does not offer {call} yet: use a newer one; GetServerInfo lists what is offered");
    refuse(ErrorReason::NotImplemented, message, &[])
}

pub(crate) fn no_such_call(call: &str) -> Status {
    let message =
        format!("there is no call {call}: check its name, or use a newer server; reflection lists what there is");
    refuse(ErrorReason::NotImplemented, message, &[])
}

pub(crate) fn no_such_service(name: &str) -> Status {
    Status::not_found(format!("this server offers no service {name}: reflection lists those it knows"))
}

pub(crate) fn message_too_large(limit: &str, actual: Option<&str>) -> Status {
    let message = format!("the message is larger than {limit} bytes: send smaller batches");
    let actual = actual.map(|actual| ("actual", actual));
    let metadata: Vec<(&str, &str)> = [("limit", limit)].into_iter().chain(actual).collect();
    refuse(ErrorReason::BatchTooLarge, message, &metadata)
}

pub(crate) fn unreadable(field: &str, problem: &str) -> Status {
    let of = if field.is_empty() { "the request" } else { field };
    let message = format!("{of} cannot be read: {problem}");
    let details = ErrorDetails::with_bad_request_violation(field, problem);
    refuse_with(details, ErrorReason::InvalidField, message, &[])
}

pub(crate) fn quarantined_message_not_found(id: &str) -> Status {
    let message = format!("no message {id} is in quarantine: list the quarantine again");
    refuse(ErrorReason::QuarantinedMessageNotFound, message, &[("id", id)])
}

pub(crate) fn of(error: AppError) -> Status {
    let reason = match &error {
        AppError::Denied(_) => ErrorReason::PermissionDenied,
        AppError::NotReached(_) => ErrorReason::MinPositionTimeout,
        _ => ErrorReason::StoreUnavailable,
    };
    refuse(reason, error.to_string(), &[])
}
