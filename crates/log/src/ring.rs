//! The newest events, in memory.

use std::collections::VecDeque;
use std::sync::Arc;

use god33_domain::{Position, RecordedEvent};

/// A run of events without gaps that ends at the head of the log, bounded in number and in bytes.
#[derive(Debug)]
pub(crate) struct Ring {
    events: VecDeque<Arc<RecordedEvent>>,
    bytes: usize,
    head: Position,
    max_events: usize,
    max_bytes: usize,
}

/// What a ring has for a reader.
pub(crate) enum Slice {
    /// The next events, at least one.
    Events(Vec<Arc<RecordedEvent>>),
    /// The reader is at the head.
    AtHead,
    /// The next event is older than all that is kept.
    TooOld,
}

impl Ring {
    pub(crate) fn new(head: Position, max_events: usize, max_bytes: usize) -> Self {
        Self { events: VecDeque::new(), bytes: 0, head, max_events: max_events.max(1), max_bytes }
    }

    pub(crate) const fn head(&self) -> Position {
        self.head
    }

    /// Adds the next event. False, and nothing added, when it is not the next one.
    pub(crate) fn push(&mut self, event: Arc<RecordedEvent>) -> bool {
        if event.position != self.head.next() {
            return false;
        }
        self.head = event.position;
        self.bytes += weight(&event);
        self.events.push_back(event);
        while self.events.len() > self.max_events || (self.bytes > self.max_bytes && self.events.len() > 1) {
            if let Some(oldest) = self.events.pop_front() {
                self.bytes -= weight(&oldest);
            }
        }
        true
    }

    /// At most `limit` events after a position.
    pub(crate) fn after(&self, position: Position, limit: usize) -> Slice {
        if position >= self.head {
            return Slice::AtHead;
        }
        let Some(first) = self.events.front().filter(|first| first.position <= position.next()) else {
            return Slice::TooOld;
        };
        let skip = (position.next().get() - first.position.get()) as usize;
        Slice::Events(self.events.range(skip..).take(limit).cloned().collect())
    }
}

fn weight(event: &RecordedEvent) -> usize {
    512 + event.envelope.payload.as_str().len()
}
