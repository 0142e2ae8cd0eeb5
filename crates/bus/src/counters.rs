//! What went through the bus, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// A number that only rises.
#[derive(Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Raises it.
    pub fn add(&self, number: usize) {
        self.0.fetch_add(number as u64, Ordering::Relaxed);
    }

    /// How high it is.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How much went through since the start.
#[derive(Default)]
pub struct Counters {
    /// Messages that were taken in and acknowledged, without echoes of the own log.
    pub ingested: Counter,
    /// Events that were published and confirmed.
    pub published: Counter,
    /// Events among them that no queue wanted.
    pub unroutable: Counter,
    /// How often a lost connection was made anew.
    pub reconnects: Counter,
}
