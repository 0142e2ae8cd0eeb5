//! What an event does to the states: noun by noun, each by its own `evolve`.
//!
//! The nouns come in a fixed order, since some look at others: a handoff asks which session an event is of before that session lets go of it.

use crate::state::States;
use crate::{Belonging, RecordedEvent, workflow};

/// Draws the consequences of an event that was recorded now.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent) {
    workflow::evolve::recorded(states, event);
    coordinate(states, event);
}

/// Draws those of an event that was recorded before, and turned out to belong to more than was known.
pub(crate) fn gained(states: &mut States, event: &RecordedEvent, before: &Belonging) {
    if before.workflow_id.is_none() {
        workflow::evolve::recorded(states, event);
    }
    if before.about != event.belonging.about || before.session_id != event.belonging.session_id {
        coordinate(states, event);
    }
}

fn coordinate(_states: &mut States, _event: &RecordedEvent) {}
