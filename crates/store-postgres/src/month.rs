//! The months by which events are partitioned.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use god33_domain::Timestamp;

use crate::time::floor;

/// A month of the calendar, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// The month of a time.
    pub(crate) fn of(time: Timestamp) -> Self {
        let date = floor(time);
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

    /// The name of its partition: `events_2026_01`, and `events_bc0044_03` before the year 1.
    pub(crate) fn table(self) -> String {
        match self.year_before_christ() {
            Some(year) => format!("events_bc{year:04}_{:02}", self.month),
            None => format!("events_{:04}_{:02}", self.year, self.month),
        }
    }

    /// The month of a partition by its name; `None` for a table of another name.
    pub(crate) fn from_table(name: &str) -> Option<Self> {
        let (year, month) = name.strip_prefix("events_")?.split_once('_')?;
        let year = match year.strip_prefix("bc") {
            Some(year) => 1 - year.parse::<i32>().ok()?,
            None => year.parse().ok()?,
        };
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        Some(Self { year, month })
    }

    /// Its first moment as PostgreSQL writes it.
    pub(crate) fn begin(self) -> String {
        match self.year_before_christ() {
            Some(year) => format!("{year:04}-{:02}-01 00:00:00+00 BC", self.month),
            None => format!("{:04}-{:02}-01 00:00:00+00", self.year, self.month),
        }
    }

    /// Its first moment; `None` past chrono's last year.
    pub(crate) fn first_moment(self) -> Option<DateTime<Utc>> {
        Some(NaiveDate::from_ymd_opt(self.year, self.month, 1)?.and_time(chrono::NaiveTime::MIN).and_utc())
    }

    /// There is no year 0: the year before 1 is 1 BC.
    fn year_before_christ(self) -> Option<i32> {
        (self.year < 1).then_some(1 - self.year)
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
        for time in ["2026-01-11T00:00:00Z", "0001-12-01T00:00:00Z", "0000-03-01T00:00:00Z"] {
            let month = month(time);
            assert_eq!(Month::from_table(&month.table()), Some(month));
        }
        assert_eq!(month("0000-03-01T00:00:00Z").begin(), "0001-03-01 00:00:00+00 BC");
        for other in ["events", "events_2026", "events_2026_13", "identities", "events_2026_01_pkey"] {
            assert_eq!(Month::from_table(other), None, "{other}");
        }
    }
}
