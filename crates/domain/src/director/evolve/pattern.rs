//! Patterns. The event that defined one first stands: what follows a pattern refers to it.

use super::task;
use crate::director::{CrossServiceTask, MisePattern};
use crate::members::Members;
use crate::state::States;
use crate::{JsonText, RecordedEvent};

pub(super) fn defined(states: &mut States, event: &RecordedEvent) {
    let said = Members::of(&event.envelope.payload);
    let id = said.name("pattern_id").unwrap_or_else(|| event.id().to_string());
    states.change(&id, |pattern| Some(pattern.unwrap_or_else(|| new(&id, &said, event))));
    let stands = states.get::<MisePattern>(&id).is_some_and(|pattern| pattern.event_id == event.id());
    if stands && !is_older(states, event) {
        task::moved(states, event, |task| {
            if task.pattern_event_id == Some(event.id()) {
                return false;
            }
            task.pattern_id = Some(id);
            task.pattern_event_id = Some(event.id());
            true
        });
    }
}

/// True when the task follows a newer pattern: this event turned out late to belong to it.
fn is_older(states: &States, event: &RecordedEvent) -> bool {
    let task = event.belonging.about.task.as_deref().and_then(|id| states.get::<CrossServiceTask>(id));
    let followed = task.and_then(|task| task.pattern_id.as_deref()).and_then(|id| states.get::<MisePattern>(id));
    followed.is_some_and(|pattern| pattern.position > event.position)
}

fn new(id: &str, said: &Members<'_>, event: &RecordedEvent) -> MisePattern {
    MisePattern {
        pattern_id: id.to_owned(),
        name: said.text("name"),
        standard_tasks: said.read("standard_tasks").filter(JsonText::is_object),
        task_interface: said.read("task_interface").filter(JsonText::is_object),
        from_agent: said.name("from_agent").or_else(|| event.agent().map(ToString::to_string)),
        example: said.text("example"),
        event_id: event.id(),
        created_at: event.envelope.timestamp,
        position: event.position,
        version: 1,
    }
}
