//! Reasons of refusals, and the status code that the contract declares for each.

use std::{collections::BTreeMap, sync::LazyLock};

use tonic::Code;

use crate::{POOL, schema::enum_option, v1::ErrorReason};

/// Status codes by the number of the reason.
static CODES: LazyLock<BTreeMap<i32, Code>> = LazyLock::new(read_codes);

impl ErrorReason {
    /// The status code that always comes with this reason. `Unknown` for the unspecified reason, which is never sent.
    #[must_use]
    pub fn code(self) -> Code {
        CODES.get(&i32::from(self)).copied().unwrap_or(Code::Unknown)
    }

    /// The text of `google.rpc.ErrorInfo.reason`: the name of the value without its prefix, for instance "LEASE_LOST".
    #[must_use]
    pub fn reason(self) -> &'static str {
        let name = self.as_str_name();
        name.strip_prefix("ERROR_REASON_").unwrap_or(name)
    }

    /// The reason with this text of `google.rpc.ErrorInfo.reason`; `None` when a newer contract declares it.
    #[must_use]
    pub fn from_reason(reason: &str) -> Option<Self> {
        Self::from_str_name(&format!("ERROR_REASON_{reason}"))
    }
}

fn read_codes() -> BTreeMap<i32, Code> {
    let Some(reasons) = POOL.get_enum_by_name("god33.v1.ErrorReason") else {
        return BTreeMap::new();
    };
    reasons
        .values()
        .filter_map(|value| Some((value.number(), Code::from_i32(enum_option(&value, "status_code")?))))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn every_reason_but_the_unspecified_one_has_a_status_code() {
        let reasons = POOL.get_enum_by_name("god33.v1.ErrorReason").unwrap();
        assert!(reasons.values().len() > 80);
        for value in reasons.values() {
            let reason = ErrorReason::try_from(value.number()).unwrap();
            assert_eq!(reason.code() == Code::Unknown, reason == ErrorReason::Unspecified, "{}", value.name());
            assert_ne!(reason.code(), Code::Ok, "{}", value.name());
        }
    }

    #[test]
    fn codes_are_the_ones_that_the_conventions_name() {
        for (reason, code) in [
            (ErrorReason::InvalidField, Code::InvalidArgument),
            (ErrorReason::EventNotFound, Code::NotFound),
            (ErrorReason::EventIdConflict, Code::AlreadyExists),
            (ErrorReason::VersionConflict, Code::Aborted),
            (ErrorReason::LeaseLost, Code::FailedPrecondition),
            (ErrorReason::PositionCompacted, Code::OutOfRange),
            (ErrorReason::BatchTooLarge, Code::ResourceExhausted),
            (ErrorReason::Unauthenticated, Code::Unauthenticated),
            (ErrorReason::PermissionDenied, Code::PermissionDenied),
            (ErrorReason::StoreUnavailable, Code::Unavailable),
            (ErrorReason::NotImplemented, Code::Unimplemented),
        ] {
            assert_eq!(reason.code(), code, "{}", reason.reason());
        }
    }

    #[test]
    fn a_reason_is_found_again_by_its_text() {
        assert_eq!(ErrorReason::LeaseLost.reason(), "LEASE_LOST");
        assert_eq!(ErrorReason::from_reason("LEASE_LOST"), Some(ErrorReason::LeaseLost));
        assert_eq!(ErrorReason::from_reason("OF_TOMORROW"), None);
    }
}
