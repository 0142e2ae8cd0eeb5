//! Lengths of time as a number of seconds.

use prost_types::Duration;

use super::number::Decimal;

/// The longest that protobuf allows: about 10,000 years.
const MOST_SECONDS: i64 = 315_576_000_000;
const NANOS: i64 = 1_000_000_000;

/// What a number of seconds says.
#[derive(PartialEq, Debug)]
pub(super) enum Seconds {
    /// A length of time, to the nanosecond.
    Exactly(Duration),
    /// It has more than nine decimals: the nearest nanosecond.
    Nearly(Duration),
    /// It is negative or longer than the longest.
    OutOfRange,
}

/// What such a number must be, to stand after a field's name.
pub(super) const OUT_OF_RANGE: &str = "must be a number of seconds from 0 to 315576000000";

/// Reads a JSON number.
pub(super) fn read(text: &str) -> Seconds {
    if let Some(nanos) = Decimal::of(text).and_then(|decimal| decimal.shifted(9)) {
        return duration(nanos).map_or(Seconds::OutOfRange, Seconds::Exactly);
    }
    // More decimals than nine, or more digits than the longest has.
    let nanos = text.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0).map(|seconds| seconds * NANOS as f64);
    nanos.and_then(|nanos| duration(nanos.round() as i128)).map_or(Seconds::OutOfRange, Seconds::Nearly)
}

fn duration(nanos: i128) -> Option<Duration> {
    let seconds = i64::try_from(nanos / i128::from(NANOS)).ok()?;
    let rest = i32::try_from(nanos % i128::from(NANOS)).ok()?;
    let duration = Duration { seconds, nanos: rest };
    is_in_range(&duration).then_some(duration)
}

fn is_in_range(duration: &Duration) -> bool {
    let most_nanos = if duration.seconds == MOST_SECONDS { 0 } else { NANOS - 1 };
    (0..=MOST_SECONDS).contains(&duration.seconds) && (0..=most_nanos).contains(&i64::from(duration.nanos))
}

/// The shortest number that says it; `None` when it is out of range.
pub(super) fn written(duration: &Duration) -> Option<String> {
    if !is_in_range(duration) {
        return None;
    }
    if duration.nanos == 0 {
        return Some(duration.seconds.to_string());
    }
    Some(format!("{}.{:09}", duration.seconds, duration.nanos).trim_end_matches('0').to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    #[test]
    fn seconds_are_read_in_every_spelling_and_written_in_the_shortest() {
        for (text, back) in [
            ("0", "0"),
            ("-0", "0"),
            ("90", "90"),
            ("90.0", "90"),
            ("9e1", "90"),
            ("1.50", "1.5"),
            ("0.000000001", "0.000000001"),
            ("1e-9", "0.000000001"),
            ("86399.999999999", "86399.999999999"),
            ("315576000000", "315576000000"),
        ] {
            let Seconds::Exactly(duration) = read(text) else { panic!("{text} is exact") };
            assert_eq!(written(&duration).as_deref(), Some(back), "{text}");
        }
    }

    #[test]
    fn more_decimals_than_nine_are_the_nearest_nanosecond() {
        for (text, nanos) in [("0.30000000000000004", 300_000_000), ("0.29999999999999999", 300_000_000), ("1e-10", 0)]
        {
            assert_eq!(read(text), Seconds::Nearly(Duration { seconds: 0, nanos }), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_out_of_range() {
        for text in ["-1", "-1e-10", "315576000001", "315576000000.5", "1e300", "1e999", "1e99999999999999999999"] {
            assert_eq!(read(text), Seconds::OutOfRange, "{text}");
        }
        for (seconds, nanos) in [(-1, 0), (0, -1), (0, 1_000_000_000), (MOST_SECONDS, 1)] {
            assert_eq!(written(&Duration { seconds, nanos }), None);
        }
    }
}
