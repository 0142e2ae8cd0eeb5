//! What events do to tasks over several services, to delegations and to patterns.

mod delegation;
mod pattern;
mod task;

use crate::RecordedEvent;
use crate::director::TaskState;
use crate::state::States;

/// Draws the consequences of an event.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent) {
    match event.envelope.event_type.as_str() {
        "director.cross-service.task.created" => task::created(states, event),
        "director.cross-service.task.completed" => task::ended(states, event, TaskState::Completed),
        "director.cross-service.task.failed" => task::ended(states, event, TaskState::Failed),
        "director.cross-service.task.cancelled" => task::ended(states, event, TaskState::Cancelled),
        "director.mise.standardization.requested" => task::standardization_requested(states, event),
        "mise.pattern.defined" => pattern::defined(states, event),
        "mise.validation.requested" => task::validation_requested(states, event),
        "mise.validation.completed" => task::validated(states, event),
        "director.service.delegation.requested" => delegation::requested(states, event),
        "director.service.delegation.failed" => delegation::failed(states, event),
        _ => delegation::followed(states, event),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
