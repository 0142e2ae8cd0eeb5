#![allow(clippy::unwrap_used)]
use std::sync::Arc;

use god33_domain::ports::StoreError;
use god33_domain::state::StateKind;
use god33_domain::{Digest, EventId, Position, Refusal, RequestId};
use god33_log::{ProposeError, SubscribeError, TailError};
use tonic_types::StatusExt;
use uuid::Uuid;

use super::*;
use crate::wire::path::Path;
use crate::{AppError, Denied};

fn unavailable() -> StoreError {
    StoreError::Unavailable { operation: "read", source: "password=secret refused".into() }
}

fn violations(count: usize, reason: ErrorReason) -> Violations {
    let mut found = Violations::default();
    let events = Path::Request.member("events");
    for index in 0..count {
        found.add(&events.item(index), reason, "is wrong: ".repeat(8));
    }
    found
}

#[test]
fn every_cause_has_its_reason_and_the_code_of_the_contract() {
    let position = Position::new(7);
    let conflict = Refusal::EventIdConflict {
        event_id: EventId::generate(),
        position,
        recorded: Digest::new([1; 32]),
        sent: Digest::new([2; 32]),
    };
    let denied = Denied { principal: "p".into(), why: "w".into() };
    let causes: Vec<(AppError, &str, Code)> = vec![
        (AppError::Denied(denied), "PERMISSION_DENIED", Code::PermissionDenied),
        (ProposeError::Refused(conflict).into(), "EVENT_ID_CONFLICT", Code::AlreadyExists),
        (
            ProposeError::Refused(Refusal::RequestIdReused(RequestId(Uuid::nil()))).into(),
            "REQUEST_ID_REUSED",
            Code::AlreadyExists,
        ),
        (
            ProposeError::Refused(Refusal::Exists { kind: StateKind::Workflow, id: "w".into() }).into(),
            "WORKFLOW_EXISTS",
            Code::AlreadyExists,
        ),
        (ProposeError::Unavailable(Arc::new(unavailable())).into(), "STORE_UNAVAILABLE", Code::Unavailable),
        (ProposeError::Overloaded.into(), "OVERLOADED", Code::ResourceExhausted),
        (ProposeError::ShuttingDown.into(), "SHUTTING_DOWN", Code::Unavailable),
        (unavailable().into(), "STORE_UNAVAILABLE", Code::Unavailable),
        (StoreError::Corrupt { operation: "read", detail: "row 7".into() }.into(), "DATA_CORRUPT", Code::DataLoss),
        (StoreError::Compacted { earliest: position }.into(), "POSITION_COMPACTED", Code::OutOfRange),
        (TailError::NotReached { wanted: position, head: position }.into(), "MIN_POSITION_TIMEOUT", Code::Unavailable),
        (SubscribeError::InFuture { wanted: position, head: position }.into(), "POSITION_IN_FUTURE", Code::OutOfRange),
        (SubscribeError::ShuttingDown { position }.into(), "SHUTTING_DOWN", Code::Unavailable),
        (SubscribeError::Store { position, source: unavailable() }.into(), "STORE_UNAVAILABLE", Code::Unavailable),
    ];
    for (cause, reason, code) in causes {
        let status = Status::from(Failure::from(cause));
        let info = status.get_details_error_info().unwrap();
        assert_eq!((info.reason.as_str(), info.domain.as_str(), status.code()), (reason, "god33.v1", code));
        assert_eq!(
            status.get_details_retry_info().is_some(),
            code == Code::Unavailable || reason == "OVERLOADED",
            "{reason}"
        );
        assert!(!status.message().contains("secret") && !status.message().contains("row 7"), "{status}");
    }
}

#[test]
fn the_details_that_the_contract_names_are_there() {
    let mut found = Violations::default();
    let details = vec![("limit", "5".to_owned())];
    found.add_with(&Path::Request.member("events"), ErrorReason::BatchTooLarge, "is too large", details);
    let status = Status::from(Failure::from(found));
    assert_eq!(status.code(), Code::ResourceExhausted);
    assert_eq!(status.get_details_error_info().unwrap().metadata["limit"], "5");
    let violation = &status.get_details_bad_request().unwrap().field_violations[0];
    assert_eq!((violation.field.as_str(), violation.reason.as_str()), ("events", "BATCH_TOO_LARGE"));
}

#[test]
fn violations_of_several_kinds_make_a_malformed_request() {
    let mut found = violations(1, ErrorReason::InvalidUuid);
    found.add(&Path::Request.member("x"), ErrorReason::PayloadTooLarge, "is too large");
    let failure = Failure::from(found);
    assert_eq!(failure.reason, ErrorReason::InvalidField);
    assert_eq!(Failure::from(violations(3, ErrorReason::InvalidUuid)).reason, ErrorReason::InvalidUuid);
}

#[test]
fn a_status_stays_small_enough_for_every_client_and_says_what_it_leaves_out() {
    let status = Status::from(Failure::from(violations(5_000, ErrorReason::InvalidField)));
    assert!(status.details().len() < 6 << 10, "{}", status.details().len());
    let named = status.get_details_bad_request().unwrap().field_violations.len();
    let left_out: usize = status.get_details_error_info().unwrap().metadata["violations_left_out"].parse().unwrap();
    assert_eq!(named + left_out, 5_000);
    assert!(named > 10);
}

#[test]
fn a_refused_batch_of_a_stream_says_what_a_status_says() {
    let failure = Failure::from(ProposeError::Overloaded);
    let status = Status::from(failure.clone());
    let error = AppendError::from(failure);
    assert_eq!(error.reason(), ErrorReason::Overloaded);
    assert_eq!(error.code() as i32, status.code() as i32);
    assert_eq!(error.message, status.message());
    assert_eq!(error.retry_delay, Some(prost_types::Duration { seconds: 1, nanos: 0 }));
    let error = AppendError::from(Failure::from(violations(2, ErrorReason::InvalidJson)));
    assert_eq!(error.field_violations.len(), 2);
    assert_eq!(error.field_violations[1].field, "events[1]");
}
