//! The months by which events are partitioned.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use god33_domain::Timestamp;

use crate::time::floor;

/// A month of the calendar, in UTC, from January 1970 on: a log's time begins there and never falls.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// The month of a time; the first one for earlier times.
    pub(crate) fn of(time: Timestamp) -> Self {
        let date = floor(time.max(Timestamp::EPOCH));
        Self { year: date.year(), month: date.month() }
    }

    /// The month and the `count` that follow it.
    pub(crate) fn and_next(self, count: usize) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next())).take(count + 1)
    }

    /// The month after it.
    pub(crate) const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// The name of its partition, for example `events_2026_01`.
    pub(crate) fn table(self) -> String {
        format!("events_{}_{:02}", self.year, self.month)
    }

    /// The month of a partition by its name; `None` for a table of another name.
    pub(crate) fn from_table(name: &str) -> Option<Self> {
        let (year, month) = name.strip_prefix("events_")?.split_once('_')?;
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { year: year.parse().ok()?, month })
    }

    /// Its first moment as PostgreSQL writes it.
    pub(crate) fn begin(self) -> String {
        format!("{}-{:02}-01 00:00:00+00", self.year, self.month)
    }

    /// Its first moment; `None` past chrono's last year.
    pub(crate) fn first_moment(self) -> Option<DateTime<Utc>> {
        Some(NaiveDate::from_ymd_opt(self.year, self.month, 1)?.and_time(NaiveTime::MIN).and_utc())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn month(time: &str) -> Month {
        Month::of(Timestamp::parse(time).unwrap())
    }

    #[test]
    fn a_year_ends_with_december() {
        let tables: Vec<String> = month("2026-11-30T23:59:59.999999Z").and_next(3).map(Month::table).collect();
        assert_eq!(tables, ["events_2026_11", "events_2026_12", "events_2027_01", "events_2027_02"]);
    }

    #[test]
    fn names_lead_back_to_their_months() {
        for time in ["2026-01-11T00:00:00Z", "1970-12-01T00:00:00Z"] {
            let month = month(time);
            assert_eq!(Month::from_table(&month.table()), Some(month));
        }
        for other in ["events", "events_2026", "events_2026_13", "identities", "events_2026_01_pkey"] {
            assert_eq!(Month::from_table(other), None, "{other}");
        }
    }

    #[test]
    fn times_before_the_first_month_count_as_the_first() {
        assert_eq!(month("1969-12-31T23:59:59Z").table(), "events_1970_01");
    }
}
