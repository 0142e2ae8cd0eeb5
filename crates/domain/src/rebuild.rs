//! States from nothing but the log.

use std::collections::BTreeMap;

use crate::ledger::Ledger;
use crate::state::{State, StateKey};
use crate::{NewEvent, RecordedEvent, SessionId, SessionLink};

/// Takes the whole log in order and ends with the states that the live path must have kept. It trusts nothing that was derived
/// when the events were recorded: where each belongs is worked out anew.
#[derive(Debug)]
pub struct Rebuild {
    ledger: Ledger,
    taken: usize,
}

/// How many events are taken between two tidyings of memory. Tests have short logs and tidy all the time.
const TIDY_EVERY: usize = if cfg!(test) { 3 } else { 10_000 };

impl Default for Rebuild {
    fn default() -> Self {
        Self { ledger: Ledger::whole(), taken: 0 }
    }
}

impl Rebuild {
    /// Takes the next event of the log.
    pub fn take(&mut self, event: RecordedEvent) {
        let RecordedEvent { envelope, position, recorded_at, principal, bus, digest, .. } = event;
        let new = NewEvent::from_log(envelope, digest, bus);
        self.ledger.record(new, position, recorded_at, principal);
        self.taken += 1;
        if self.taken.is_multiple_of(TIDY_EVERY) {
            self.ledger.forget_complete();
        }
    }

    /// One of the states after all that was taken.
    pub fn state(&self, key: &StateKey) -> Option<&State> {
        self.ledger.states().state(key)
    }

    /// The states after all that was taken.
    pub fn states(&self) -> (BTreeMap<SessionId, SessionLink>, BTreeMap<StateKey, State>) {
        (self.ledger.session_links(), self.ledger.states().all())
    }
}
