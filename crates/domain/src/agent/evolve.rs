//! What events do to types of agents and to agents.

mod life;
mod types;
mod work;

use crate::RecordedEvent;
use crate::state::States;

/// Draws the consequences of an event. Its session has moved before: what that holds now is what the agent does.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent) {
    match event.envelope.event_type.as_str() {
        "agent.registry.type.registered" => types::registered(states, event),
        "agent.registry.agent.created" => life::created(states, event),
        "agent.registry.agent.state.changed" => life::state_changed(states, event),
        _ => work::moved(states, event),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
