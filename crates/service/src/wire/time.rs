//! Times.

use god33_domain::Timestamp;
use god33_proto::v1::ErrorReason;

use super::path::Path;
use super::violations::Violations;

/// Reads a time; `None` when there is none, or none that a store can hold, which is noted.
pub(crate) fn parse(time: Option<&prost_types::Timestamp>, at: &Path<'_>, found: &mut Violations) -> Option<Timestamp> {
    let time = time?;
    let nanos = u32::try_from(time.nanos).unwrap_or(u32::MAX);
    let parsed = Timestamp::new(time.seconds, nanos);
    if parsed.is_err() {
        let description = "is no time that can be stored: seconds must lie between the years -4712 and 262142, nanos from 0 to 999,999,999";
        found.add(at, ErrorReason::InvalidTimestamp, description);
    }
    parsed.ok()
}

/// Writes a time.
pub(crate) const fn to_proto(time: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: time.seconds(), nanos: time.nanos() as i32 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn times_that_no_store_holds_are_named() {
        for (seconds, nanos) in [(i64::MAX, 0), (i64::MIN, 0), (0, -1), (0, 1_000_000_000)] {
            let mut found = Violations::default();
            let time = prost_types::Timestamp { seconds, nanos };
            assert_eq!(parse(Some(&time), &Path::Request.member("since"), &mut found), None);
            let found = found.into_vec();
            assert_eq!(found[0].reason, ErrorReason::InvalidTimestamp);
            assert_eq!(found[0].field, "since");
        }
    }

    #[test]
    fn a_time_comes_back_to_the_nanosecond() {
        let time = prost_types::Timestamp { seconds: -1, nanos: 999_999_999 };
        let mut found = Violations::default();
        assert_eq!(to_proto(parse(Some(&time), &Path::Request, &mut found).unwrap()), time);
    }
}
