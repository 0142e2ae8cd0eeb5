//! Why a call was refused, and the one place where that becomes a `tonic::Status`.
//!
//! Every refusal has a reason out of the contract's `ErrorReason`, and the contract says which status code comes with it; so no code is chosen
//! here. What a refusal is made from is matched without `_`: a new kind of error does not compile until it has a reason.

mod causes;
mod details;
mod refusals;

use std::collections::BTreeMap;
use std::time::Duration;

use god33_proto::v1::{AppendError, ErrorReason, FieldViolation, StatusCode};
use tonic::{Code, Status};

use super::violations::{Violation, Violations};

/// A refusal, to be sent as a status or, for one batch of a stream, as an [`AppendError`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Failure {
    reason: ErrorReason,
    message: String,
    metadata: BTreeMap<String, String>,
    violations: Vec<Violation>,
    retry_after: Option<Duration>,
}

impl Failure {
    /// A refusal. The message says to a person what was refused and what to do next.
    pub(crate) fn new(reason: ErrorReason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into(), metadata: BTreeMap::new(), violations: Vec::new(), retry_after: None }
    }

    /// Why.
    pub(crate) const fn reason(&self) -> ErrorReason {
        self.reason
    }

    /// Adds a detail that the contract names for the reason.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.metadata.insert(name.to_owned(), value.to_string());
        self
    }

    /// Says that waiting helps, and how long.
    #[must_use]
    pub(crate) const fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// This server does not do it yet.
    pub(crate) fn not_implemented(what: &str) -> Self {
        Self::new(
            ErrorReason::NotImplemented,
            format!("this server does not offer {what} yet: use a newer one, GetServerInfo lists what a server offers"),
        )
    }

    /// A defect of this server. Its log says what happened under an id that the caller is given.
    pub(crate) fn defect(what: &str) -> Self {
        let incident = uuid::Uuid::new_v4();
        tracing::error!(%incident, what, "a call failed through a defect of this server");
        Self::new(ErrorReason::Internal, format!("a defect of the server: please report it with the id {incident}"))
            .with("incident", incident)
    }
}

impl From<Violations> for Failure {
    fn from(violations: Violations) -> Self {
        let violations = violations.into_vec();
        let mut failure = Self::new(common_reason(&violations), summary(&violations));
        if let [only] = violations.as_slice() {
            failure.metadata.extend(only.details.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        failure.violations = violations;
        failure
    }
}

/// The reason of all, where they share one; else the request is malformed in several ways.
fn common_reason(violations: &[Violation]) -> ErrorReason {
    let Some(first) = violations.first() else { return ErrorReason::InvalidField };
    let all_same = violations.iter().all(|violation| violation.reason == first.reason);
    if all_same {
        return first.reason;
    }
    let some_malformed = violations.iter().any(|violation| violation.reason.code() == Code::InvalidArgument);
    if some_malformed { ErrorReason::InvalidField } else { first.reason }
}

fn summary(violations: &[Violation]) -> String {
    let Some(first) = violations.first() else { return "the request is malformed".into() };
    let line = format!("{} {}", first.field, first.description);
    match violations.len() {
        1 => line,
        many => format!("{line}; and {} more, see the field violations", many - 1),
    }
}

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        details::status(failure)
    }
}

impl From<Failure> for AppendError {
    fn from(failure: Failure) -> Self {
        let code = StatusCode::try_from(failure.reason.code() as i32).unwrap_or(StatusCode::Unknown);
        Self {
            reason: failure.reason.into(),
            code: code.into(),
            message: failure.message,
            field_violations: failure.violations.into_iter().map(to_proto).collect(),
            retry_delay: failure.retry_after.and_then(|wait| wait.try_into().ok()),
            metadata: failure.metadata,
        }
    }
}

/// A violation for a client.
pub(crate) fn to_proto(violation: Violation) -> FieldViolation {
    let Violation { field, description, reason, .. } = violation;
    FieldViolation { field, description, reason: reason.into() }
}

#[cfg(test)]
mod tests;
