//! What a node remembers of the database: things that never change there once they are so, and whether other nodes wrote a short while ago.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use god33_domain::Position;

use crate::month::Month;

/// A node meets new types for as long as somebody makes them up; past this many it starts over, and asks the database again.
const MAX_TYPES: usize = 10_000;

/// After the head was moved by another node, so many batches lock it first; then it is tried without once more.
const IN_LINE: u32 = 100;

/// See the module's text. Nothing waits while one of the locks is held.
#[derive(Default, Debug)]
pub(crate) struct Memory {
    /// Months that have a partition, and the first position in it once it has one.
    months: Mutex<BTreeMap<Month, Option<Position>>>,
    /// Event types that are in the dictionary.
    types: Mutex<HashSet<String>>,
    /// How many more batches wait in line for the head.
    in_line: AtomicU32,
}

impl Memory {
    /// Notes that another node wrote while this one did not hold the head.
    pub(crate) fn met_another_writer(&self) {
        self.in_line.store(IN_LINE, Ordering::Relaxed);
    }

    /// True as long as another node was met a short while ago: whoever does not wait in line then is likely to work for nothing.
    pub(crate) fn waits_in_line(&self) -> bool {
        self.in_line.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }

    /// Those of the months that have no partition as far as the node knows.
    pub(crate) fn unknown_months(&self, months: impl IntoIterator<Item = Month>) -> Vec<Month> {
        let known = lock(&self.months);
        months.into_iter().filter(|month| !known.contains_key(month)).collect()
    }

    /// Remembers a month's partition.
    pub(crate) fn know_month(&self, month: Month, first: Option<Position>) {
        let mut known = lock(&self.months);
        let entry = known.entry(month).or_default();
        *entry = entry.or(first);
    }

    /// The last month of which it is known that all events after a position are in it or later: reading on from there need not
    /// look at earlier partitions.
    pub(crate) fn month_after(&self, after: Position) -> Option<Month> {
        let next = after.next();
        let known = lock(&self.months);
        known.iter().rev().find(|(_, first)| first.is_some_and(|first| first <= next)).map(|(month, _)| *month)
    }

    /// Those of the types that may not be in the dictionary.
    pub(crate) fn unknown_types<'a>(&self, types: impl IntoIterator<Item = &'a str>) -> HashSet<&'a str> {
        let known = lock(&self.types);
        types.into_iter().filter(|text| !known.contains(*text)).collect()
    }

    /// Remembers types that were committed.
    pub(crate) fn know_types<'a>(&self, types: impl IntoIterator<Item = &'a str>) {
        let mut known = lock(&self.types);
        if known.len() >= MAX_TYPES {
            known.clear();
        }
        known.extend(types.into_iter().map(str::to_owned));
    }
}

/// The sets are whole after every statement, so a thread that panicked has broken nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_domain::Timestamp;

    use super::*;

    fn month(text: &str) -> Month {
        Month::of(Timestamp::parse(&format!("{text}-15T00:00:00Z")).unwrap())
    }

    #[test]
    fn reading_on_begins_in_the_last_month_that_began_at_or_before_the_next_event() {
        let memory = Memory::default();
        assert_eq!(memory.month_after(Position::START), None);
        memory.know_month(month("2026-01"), Some(Position::new(1)));
        memory.know_month(month("2026-02"), Some(Position::new(10)));
        memory.know_month(month("2026-03"), None);
        for (after, expected) in [(0, "2026-01"), (8, "2026-01"), (9, "2026-02"), (10, "2026-02"), (99, "2026-02")] {
            assert_eq!(memory.month_after(Position::new(after)), Some(month(expected)), "after {after}");
        }
    }

    #[test]
    fn a_month_keeps_its_first_position_and_is_made_once() {
        let memory = Memory::default();
        let (january, february) = (month("2026-01"), month("2026-02"));
        memory.know_month(january, None);
        assert_eq!(memory.unknown_months([january, february]), [february]);
        memory.know_month(january, Some(Position::new(5)));
        memory.know_month(january, None);
        assert_eq!(memory.month_after(Position::new(7)), Some(january));
        assert_eq!(memory.month_after(Position::new(3)), None);
    }

    #[test]
    fn types_are_remembered_up_to_a_limit() {
        let memory = Memory::default();
        memory.know_types(["a.b", "a.c"]);
        assert_eq!(memory.unknown_types(["a.b", "a.d", "a.d"]), HashSet::from(["a.d"]));
        let many: Vec<String> = (0..MAX_TYPES).map(|number| format!("n.{number}")).collect();
        memory.know_types(many.iter().map(String::as_str));
        memory.know_types(["a.e"]);
        assert_eq!(memory.unknown_types(["a.b", "a.e"]), HashSet::from(["a.b"]));
        assert_eq!(lock(&memory.types).len(), 1);
    }
}
