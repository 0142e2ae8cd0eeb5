//! What events do to it.

use crate::RecordedEvent;
use crate::state::States;

/// Draws the consequences of an event.
pub(crate) fn recorded(_states: &mut States, _event: &RecordedEvent) {}
