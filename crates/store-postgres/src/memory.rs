//! What a node remembers of the database, all of it things that never change there once they are so.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use god33_domain::Position;

use crate::month::Month;

/// A node meets new types for as long as somebody makes them up; past this many it starts over, and asks the database again.
const MAX_TYPES: usize = 10_000;

/// See the module's text. Nothing waits while one of the locks is held.
#[derive(Default, Debug)]
pub(crate) struct Memory {
    /// Months that have a partition, and the first position in it once it has one.
    months: Mutex<BTreeMap<Month, Option<Position>>>,
    /// Event types that are in the dictionary.
    types: Mutex<HashSet<String>>,
}

impl Memory {
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
