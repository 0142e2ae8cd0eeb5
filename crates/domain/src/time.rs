//! Points in time, to the nanosecond.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A point in time: seconds since 1970-01-01T00:00:00Z and nanoseconds within the second. Holds every year from 4713 BC,
/// where PostgreSQL begins, to 262142, where the calendar in use ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A text or number that names no point in time that a store can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is not a time: write RFC 3339, for example 2026-01-11T14:30:00Z")]
pub struct InvalidTimestamp;

/// 4713-01-01 BC (proleptic Gregorian year −4712), a little after PostgreSQL's first day.
const FIRST_SECOND: i64 = -210_863_520_000;
/// The last second of the year 262142.
const LAST_SECOND: i64 = 8_210_266_876_799;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// From seconds since the epoch and 0 to 999,999,999 nanoseconds.
    pub fn new(seconds: i64, nanos: u32) -> Result<Self, InvalidTimestamp> {
        let good = (FIRST_SECOND..=LAST_SECOND).contains(&seconds) && nanos < 1_000_000_000;
        if good { Ok(Self { seconds, nanos }) } else { Err(InvalidTimestamp) }
    }

    /// From microseconds since the epoch, as PostgreSQL counts them; out of range becomes the nearest end.
    pub fn from_micros(micros: i64) -> Self {
        let seconds = micros.div_euclid(1_000_000).clamp(FIRST_SECOND, LAST_SECOND);
        Self { seconds, nanos: (micros.rem_euclid(1_000_000) * 1_000) as u32 }
    }

    /// The system clock, cut to the microsecond so that every store gives back what it was given.
    pub fn now() -> Self {
        Self::from_micros(Utc::now().timestamp_micros())
    }

    /// Reads RFC 3339 with a zone and up to 9 fractional digits.
    pub fn parse(text: &str) -> Result<Self, InvalidTimestamp> {
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| InvalidTimestamp)?;
        Self::from_chrono(time.to_utc())
    }

    /// Reads what producers on the bus write: RFC 3339, the same without a zone (taken as UTC) or with a space for the `T`.
    pub fn parse_lenient(text: &str) -> Result<Self, InvalidTimestamp> {
        let text = text.trim();
        if let Ok(time) = Self::parse(text) {
            return Ok(time);
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
            .ok_or(InvalidTimestamp)
            .and_then(|time| Self::from_chrono(time.and_utc()))
    }

    /// Reads a number of seconds or milliseconds since the epoch. Numbers from 10^11 on are milliseconds: as seconds they
    /// would lie past the year 5138.
    pub fn from_epoch_number(number: f64) -> Result<Self, InvalidTimestamp> {
        let seconds = if number.abs() >= 1e11 { number / 1_000.0 } else { number };
        if !seconds.is_finite() || seconds < FIRST_SECOND as f64 || seconds > LAST_SECOND as f64 {
            return Err(InvalidTimestamp);
        }
        Ok(Self::from_micros((seconds * 1_000_000.0).round() as i64))
    }

    /// Reads what `Display` wrote, also years of more than four digits and years before 1, which RFC 3339 does not know.
    fn parse_written(text: &str) -> Result<Self, InvalidTimestamp> {
        Self::parse(text).or_else(|_| text.parse().map_err(|_| InvalidTimestamp).and_then(Self::from_chrono))
    }

    fn from_chrono(time: DateTime<Utc>) -> Result<Self, InvalidTimestamp> {
        // A leap second is written as 60 by chrono's nanoseconds past 10^9: it counts as the second before.
        Self::new(time.timestamp(), time.timestamp_subsec_nanos().min(999_999_999))
    }

    /// The time some seconds later, to the microsecond. What is no length of time counts as none.
    #[must_use]
    pub fn after_seconds(self, seconds: f64) -> Self {
        let micros = if seconds.is_finite() && seconds > 0.0 { (seconds * 1e6).min(9e18) as i64 } else { 0 };
        Self::from_micros(self.micros().saturating_add(micros))
    }

    /// The time some milliseconds later, to the microsecond.
    #[must_use]
    pub fn after_millis(self, millis: u64) -> Self {
        let micros = millis.saturating_mul(1_000);
        let micros = if micros > i64::MAX as u64 { i64::MAX } else { micros as i64 };
        Self::from_micros(self.micros().saturating_add(micros))
    }

    /// The seconds from an earlier time to this one; 0 when it is not earlier.
    pub fn seconds_since(self, earlier: Self) -> f64 {
        (self.micros().saturating_sub(earlier.micros())).max(0) as f64 / 1e6
    }

    /// Whole seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds within the second, 0 to 999,999,999.
    pub const fn nanos(self) -> u32 {
        self.nanos
    }

    /// Microseconds since the epoch, rounded down.
    pub const fn micros(self) -> i64 {
        self.seconds * 1_000_000 + (self.nanos / 1_000) as i64
    }

    /// The nanoseconds that [`Timestamp::micros`] leaves out, 0 to 999.
    pub const fn sub_micro_nanos(self) -> u32 {
        self.nanos % 1_000
    }

    /// From a store's two columns, the reverse of [`Timestamp::micros`] and [`Timestamp::sub_micro_nanos`].
    #[must_use]
    pub fn from_micros_and_nanos(micros: i64, sub_micro_nanos: u32) -> Self {
        let mut time = Self::from_micros(micros);
        time.nanos += sub_micro_nanos.min(999);
        time
    }

    /// Milliseconds from `earlier` to this time; negative when it lies before.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        (self.micros() - earlier.micros()) / 1_000
    }

    /// The time as chrono's type.
    pub fn to_chrono(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.seconds, self.nanos).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with `Z`, and no, 6 or 9 fractional digits, whichever is the least that is exact.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.nanos {
            0 => SecondsFormat::Secs,
            nanos if nanos % 1_000 == 0 => SecondsFormat::Micros,
            _ => SecondsFormat::Nanos,
        };
        f.write_str(&self.to_chrono().to_rfc3339_opts(format, true))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_written(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_spelling_on_the_bus_names_the_same_time() {
        let time = Timestamp::parse("2026-01-11T14:30:00Z").unwrap();
        for text in
            ["2026-01-11T14:30:00+00:00", "2026-01-11T15:30:00+01:00", "2026-01-11T14:30:00", "2026-01-11 14:30:00.000"]
        {
            assert_eq!(Timestamp::parse_lenient(text), Ok(time), "{text}");
        }
        assert_eq!(Timestamp::from_epoch_number(1_768_141_800.0), Ok(time));
        assert_eq!(Timestamp::from_epoch_number(1_768_141_800_000.0), Ok(time));
    }

    #[test]
    fn fractions_survive_to_the_nanosecond() {
        for text in [
            "2026-11-22T09:23:40.324920Z",
            "2026-11-22T09:23:40Z",
            "2026-11-22T09:23:40.123456789Z",
            "1800-01-01T00:00:00.000000001Z",
        ] {
            let time = Timestamp::parse(text).unwrap();
            assert_eq!(time.to_string(), text);
            assert_eq!(Timestamp::from_micros_and_nanos(time.micros(), time.sub_micro_nanos()), time);
        }
    }

    #[test]
    fn what_no_store_holds_is_refused() {
        assert_eq!(Timestamp::new(i64::MAX, 0), Err(InvalidTimestamp));
        assert_eq!(Timestamp::new(0, 1_000_000_000), Err(InvalidTimestamp));
        assert_eq!(Timestamp::from_epoch_number(f64::NAN), Err(InvalidTimestamp));
        assert_eq!(Timestamp::from_epoch_number(1e300), Err(InvalidTimestamp));
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-01-11T14:30:00+99:00"] {
            assert_eq!(Timestamp::parse_lenient(text), Err(InvalidTimestamp), "{text}");
        }
    }

    #[test]
    fn the_first_and_last_second_can_be_written_and_read() {
        for seconds in [FIRST_SECOND, LAST_SECOND] {
            let time = Timestamp::new(seconds, 0).unwrap();
            assert_eq!(time.to_chrono().timestamp(), seconds);
            assert_eq!(Timestamp::from_micros(time.micros()), time);
        }
    }

    #[test]
    fn a_state_with_a_time_of_any_year_can_be_read_back() {
        for seconds in [FIRST_SECOND, -62_167_219_201, -62_135_596_800, 253_402_300_799, 253_402_300_800, LAST_SECOND] {
            let time = Timestamp::new(seconds, 999_999_999).unwrap();
            let json = serde_json::to_string(&time).unwrap();
            assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), time, "{json}");
        }
        assert!(serde_json::from_str::<Timestamp>("\"yesterday\"").is_err());
    }
}
