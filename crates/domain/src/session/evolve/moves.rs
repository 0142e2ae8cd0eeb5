//! The sessions that one event moves.

use std::collections::HashSet;

use super::super::Session;
use crate::RecordedEvent;
use crate::state::States;

/// Moves sessions by one event. However much of a session it moves, that is one change of it.
pub(super) struct Moves<'a> {
    pub(super) states: &'a mut States,
    pub(super) event: &'a RecordedEvent,
    moved: HashSet<String>,
}

impl<'a> Moves<'a> {
    pub(super) fn new(states: &'a mut States, event: &'a RecordedEvent) -> Self {
        Self { states, event, moved: HashSet::new() }
    }

    /// Moves a session, which is known from now on if it was not.
    pub(super) fn session(&mut self, id: &str, change: impl FnOnce(&mut Session, &RecordedEvent)) {
        let event = self.event;
        let first = self.moved.insert(id.to_owned());
        self.states.change(id, |session| {
            let mut session = session.unwrap_or_else(|| Session::new(id, event));
            change(&mut session, event);
            session.version += u64::from(first);
            session.position = session.position.max(event.position);
            Some(session)
        });
    }
}
