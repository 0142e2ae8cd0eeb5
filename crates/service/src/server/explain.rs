//! Gives a reason to what the transport refuses by itself: messages that are too large or cannot be read, and calls that nobody knows.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tonic::{Code, Status};

use super::refusals;
use crate::wire::status::Failure;

/// Explains how a call ended before its handler saw it.
pub(super) async fn explain(request: Request, next: Next) -> Response {
    let call = request.uri().path().trim_start_matches('/').to_owned();
    let answer = next.run(request).await;
    match Status::from_header_map(answer.headers()) {
        Some(status) if status.details().is_empty() => match explanation(&status, &call) {
            Some(explained) => Status::from(explained).into_http(),
            None => answer,
        },
        _ => answer,
    }
}

/// The reason behind a status of the transport; `None` for any other. For the messages of a stream, which the handler reads.
pub(crate) fn explanation(status: &Status, call: &str) -> Option<Failure> {
    let message = status.message();
    match status.code() {
        Code::Internal => message.strip_prefix("failed to decode Protobuf message: ").map(unreadable),
        Code::OutOfRange if message.contains("decoded message length too large") => Some(too_large(message)),
        Code::ResourceExhausted if message.starts_with("Error decompressing") => Some(too_large(message)),
        Code::Unimplemented if message.is_empty() => Some(refusals::no_such_call(call)),
        _ => None,
    }
}

/// The decoder names the fields on the way from the innermost to the outermost: `Inner.leaf: Outer.branch: what is wrong`.
fn unreadable(message: &str) -> Failure {
    let mut parts: Vec<&str> = message.split(": ").collect();
    let fields = parts.iter().take_while(|part| is_field(part)).count();
    let problem = parts.split_off(fields).join(": ");
    let path: Vec<&str> = parts.iter().rev().filter_map(|part| part.rsplit('.').next()).collect();
    refusals::unreadable(&path.join("."), &problem)
}

fn is_field(part: &str) -> bool {
    part.contains('.') && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}

/// The transport says only in words how large the message was and what is allowed.
fn too_large(message: &str) -> Failure {
    let numbers: Vec<&str> = message.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).collect();
    match numbers[..] {
        [actual, limit] => refusals::message_too_large(limit, Some(actual)),
        [limit] => refusals::message_too_large(limit, None),
        _ => refusals::message_too_large("", None),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use tonic_types::StatusExt;

    use super::*;

    #[test]
    fn a_field_that_is_not_text_is_named_from_the_request_on() {
        let status = Status::internal(
            "failed to decode Protobuf message: EventEnvelope.event_type: AppendEventsRequest.events: \
             invalid string value: data is not UTF-8 encoded",
        );
        let explained = Status::from(explanation(&status, "").unwrap());
        assert_eq!(explained.code(), Code::InvalidArgument);
        let violation = explained.get_details_bad_request().unwrap().field_violations.pop().unwrap();
        assert_eq!(violation.field, "events.event_type");
        assert_eq!(violation.description, "cannot be read: invalid string value: data is not UTF-8 encoded");
    }

    #[test]
    fn what_handlers_say_is_left_alone() {
        for status in [
            Status::internal("a defect"),
            Status::out_of_range("events before position 7 are no longer kept"),
            Status::resource_exhausted("too many changes are waiting"),
            Status::unimplemented("not yet"),
        ] {
            assert!(explanation(&status, "").is_none(), "{status}");
        }
    }
}
