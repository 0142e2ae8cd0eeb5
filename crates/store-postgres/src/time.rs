//! Times between the domain and PostgreSQL.
//!
//! `timestamptz` counts microseconds in a signed 64-bit number, from 4714 BC on: every time of the domain fits, but for the
//! nanoseconds, which stand in a column of their own. chrono's type only carries the number: it is exact at both ends.

use chrono::{DateTime, Utc};
use god33_domain::Timestamp;

/// The time rounded down to the microsecond.
pub(crate) fn floor(time: Timestamp) -> DateTime<Utc> {
    Timestamp::from_micros(time.micros()).to_chrono()
}

/// The time rounded up to the microsecond: what is recorded (in whole microseconds) before a time is what is recorded before this.
pub(crate) fn ceil(time: Timestamp) -> DateTime<Utc> {
    let up = i64::from(time.sub_micro_nanos() > 0);
    Timestamp::from_micros(time.micros() + up).to_chrono()
}

/// The nanoseconds that [`floor`] leaves out.
pub(crate) fn nanos(time: Timestamp) -> i16 {
    i16::try_from(time.sub_micro_nanos()).unwrap_or_default()
}

/// A time that is kept in whole microseconds.
pub(crate) fn from_column(time: DateTime<Utc>) -> Timestamp {
    Timestamp::from_micros(time.timestamp_micros())
}

/// A time that is kept in two columns.
pub(crate) fn from_columns(time: DateTime<Utc>, nanos: i16) -> Timestamp {
    Timestamp::from_micros_and_nanos(time.timestamp_micros(), u32::try_from(nanos).unwrap_or_default())
}
