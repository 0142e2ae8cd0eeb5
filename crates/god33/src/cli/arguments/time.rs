//! Spans of time and deadlines.

use std::time::Duration;

use god33_domain::Timestamp;

/// Units, each with its length in milliseconds. Longer names come first, so that `ms` is not read as `m`.
const UNITS: [(&str, u64); 5] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// Reads a span of time such as `90s`, `5m`, `2h`, `1d` or `1h30m`.
pub(in crate::cli) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "must be a span of time such as 90s, 5m, 2h, 1d or 1h30m".to_owned();
    let (mut rest, mut total) = (text, 0_u64);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let (number, unit_on) = rest.split_at(digits);
        let (unit, length) = UNITS.iter().find(|(unit, _)| unit_on.starts_with(unit)).ok_or_else(wrong)?;
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let part = number.checked_mul(*length).and_then(|part| total.checked_add(part));
        total = part.filter(|total| *total <= MAX_MILLIS).ok_or("is too long: a thousand years are the most")?;
        rest = &unit_on[unit.len()..];
    }
    if text.is_empty() { Err(wrong()) } else { Ok(Duration::from_millis(total)) }
}

/// Reads a span of time between two calls: a second at least.
pub(in crate::cli) fn interval(text: &str) -> Result<Duration, String> {
    let span = duration(text)?;
    if span < Duration::from_secs(1) { Err("must be one second or more".into()) } else { Ok(span) }
}

/// A thousand years: long enough for everybody, and no sum with a present time overflows.
const MAX_MILLIS: u64 = 1_000 * 366 * 86_400_000;

/// Reads a deadline: a time (RFC 3339), or a span of time from now on.
pub(in crate::cli) fn deadline(text: &str) -> Result<prost_types::Timestamp, String> {
    if let Ok(time) = Timestamp::parse_lenient(text) {
        return Ok(prost_types::Timestamp { seconds: time.seconds(), nanos: time.nanos() as i32 });
    }
    match duration(text) {
        Ok(span) => Ok(prost_types::Timestamp::from(std::time::SystemTime::now() + span)),
        Err(_) => Err("must be a time such as 2026-01-11T14:30:00Z, or a span of time from now such as 2h".into()),
    }
}

/// A span of time as the contract has it.
pub(in crate::cli) fn lasting(span: Duration) -> prost_types::Duration {
    let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX);
    prost_types::Duration { seconds, nanos: span.subsec_nanos().cast_signed() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_span_of_time_is_a_sum_of_numbers_with_units() {
        for (text, millis) in
            [("250ms", 250), ("90s", 90_000), ("5m", 300_000), ("2h", 7_200_000), ("1d", 86_400_000), ("0s", 0)]
        {
            assert_eq!(duration(text).unwrap(), Duration::from_millis(millis), "{text}");
        }
        assert_eq!(duration("1h30m").unwrap(), Duration::from_secs(5_400));
        assert_eq!(duration("1m500ms").unwrap(), Duration::from_millis(60_500));
    }

    #[test]
    fn what_is_no_span_of_time_is_refused() {
        for text in ["", "5", "m", "5 m", "-5m", "1.5h", "5w", "5mm", "99999999999999999999s"] {
            assert!(duration(text).unwrap_err().starts_with("must be a span of time"), "{text}");
        }
        for text in ["9999999d", "18446744073709551615d"] {
            assert!(duration(text).unwrap_err().starts_with("is too long"), "{text}");
        }
    }

    #[test]
    fn an_interval_is_no_storm() {
        assert_eq!(interval("20s").unwrap(), Duration::from_secs(20));
        assert!(interval("999ms").is_err());
    }

    #[test]
    fn a_deadline_is_a_time_or_a_span_from_now() {
        let fixed = deadline("2026-01-11T14:30:00Z").unwrap();
        assert_eq!((fixed.seconds, fixed.nanos), (1_768_141_800, 0));
        let now = Timestamp::now().seconds();
        let soon = deadline("2h").unwrap().seconds - now;
        assert!((7_199..=7_201).contains(&soon), "{soon}");
        assert!(deadline("tomorrow").unwrap_err().starts_with("must be a time such as"));
    }

    #[test]
    fn a_span_keeps_its_fraction() {
        let span = lasting(Duration::from_millis(1_500));
        assert_eq!((span.seconds, span.nanos), (1, 500_000_000));
    }
}
