//! Sessions as their agents, their people and the server move them.

pub(crate) mod asks;
mod commands;
mod events;
mod feedback;
mod properties;
mod recovery;
mod table;
mod work;

use crate::testing::MemoryLog;
use crate::{Appended, EventId, RecordedEvent};

/// The events of an answer, as they stand in the log.
pub(crate) fn events_of<'a>(log: &'a MemoryLog, answer: &Appended) -> Vec<&'a RecordedEvent> {
    answer.events.iter().map(|event| log.get(&event.event_id)).collect()
}

/// What an answer recorded: type and causes.
pub(crate) fn told(log: &MemoryLog, answer: &Appended) -> Vec<(String, Vec<EventId>)> {
    let events = events_of(log, answer).into_iter();
    events.map(|event| (event.envelope.event_type.to_string(), event.envelope.correlation_ids.clone())).collect()
}

/// A member of an event's payload, as JSON text; `-` when it is not there.
pub(crate) fn said(log: &MemoryLog, event_id: EventId, member: &str) -> String {
    let payload: serde_json::Value = log.get(&event_id).envelope.payload.read().unwrap();
    payload.get(member).map_or_else(|| "-".to_owned(), ToString::to_string)
}
