//! How the bus fares, as everybody may see it.

use std::mem::discriminant;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use god33_domain::Timestamp;
use god33_domain::ports::BusState;

use super::error::AmqpError;
use super::publish::Publisher;

/// The two ways of the bus, each over a connection of its own: a broker that is short of memory or disk stops the connections
/// that publish, and messages must be acknowledged all the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// From the broker to the log.
    In,
    /// From the log to the broker.
    Out,
}

/// What the supervisors show to the rest: how both ways fare, and the way out while there is one.
pub struct Outlook(Mutex<Showing>);

struct Showing {
    incoming: BusState,
    outgoing: BusState,
    since: Timestamp,
    publisher: Option<Arc<Publisher>>,
}

impl Outlook {
    /// Not connected yet.
    pub fn new() -> Self {
        let first = || BusState::Down { reason: "connecting for the first time".into() };
        let (incoming, outgoing) = (first(), first());
        Self(Mutex::new(Showing { incoming, outgoing, since: Timestamp::now(), publisher: None }))
    }

    /// Up when messages come in and go out.
    pub fn state(&self) -> BusState {
        self.showing().both()
    }

    /// Since when it is up, or is not.
    pub fn since(&self) -> Timestamp {
        self.showing().since
    }

    /// The way out, while there is one.
    pub fn publisher(&self) -> Option<Arc<Publisher>> {
        self.showing().publisher.clone()
    }

    /// Shows how one way fares. A way out that is not up takes no messages.
    pub fn show(&self, way: Way, state: BusState) {
        let mut showing = self.showing();
        let before = showing.both();
        match way {
            Way::In => showing.incoming = state,
            Way::Out => {
                showing.outgoing = state;
                showing.publisher = None;
            }
        }
        showing.note_change(&before);
    }

    /// Shows that the way out is up.
    pub fn show_publisher(&self, publisher: Arc<Publisher>) {
        let mut showing = self.showing();
        let before = showing.both();
        (showing.outgoing, showing.publisher) = (BusState::Up, Some(publisher));
        showing.note_change(&before);
    }

    fn showing(&self) -> MutexGuard<'_, Showing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Showing {
    fn both(&self) -> BusState {
        if self.publisher.as_ref().is_some_and(|publisher| publisher.is_blocked()) {
            return BusState::Down { reason: AmqpError::Blocked.to_string() };
        }
        if self.outgoing == BusState::Up { self.incoming.clone() } else { self.outgoing.clone() }
    }

    fn note_change(&mut self, before: &BusState) {
        if discriminant(before) != discriminant(&self.both()) {
            self.since = Timestamp::now();
        }
    }
}
