//! How long to wait.

use std::time::Duration;

use god33_proto::v1::ErrorReason;

use super::path::Path;
use super::violations::Violations;

/// Reads a time to wait, `default` when there is none. One that is negative or longer than `most` is noted.
pub(crate) fn parse(
    wait: Option<&prost_types::Duration>,
    default: Duration,
    most: Duration,
    at: &Path<'_>,
    found: &mut Violations,
) -> Duration {
    let Some(wait) = wait else { return default };
    let read = Duration::try_from(*wait).ok().filter(|wait| *wait <= most);
    read.unwrap_or_else(|| {
        found.add(at, ErrorReason::InvalidField, format!("must be 0 to {} seconds", most.as_secs()));
        default
    })
}

/// Reads a length of time in seconds that may be absent.
pub(crate) fn seconds(
    length: Option<&prost_types::Duration>,
    least: f64,
    most: f64,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<f64> {
    let length = length?;
    let read = Duration::try_from(*length).ok().map(|length| length.as_secs_f64());
    let read = read.filter(|seconds| (least..=most).contains(seconds));
    if read.is_none() {
        found.add(at, ErrorReason::InvalidField, format!("must be {least} to {most} seconds"));
    }
    read
}
