//! What is shared.

use super::members::something;
use crate::RecordedEvent;
use crate::collaboration::{Collaboration, MOST_CONTEXT_BYTES, MOST_KEYS, SharedValue};
use crate::members::Members;

/// A key got a value, or was removed.
pub(super) fn updated(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    said: &Members<'_>,
    seat: Option<usize>,
) -> bool {
    let Some(key) = said.name("key") else { return false };
    let version = collaboration.next_version_of(&key);
    if version == 1 && collaboration.keys() >= MOST_KEYS {
        return false;
    }
    let Some(value) = something(said.read("value")) else {
        collaboration.shared_context.retain(|known| known.key != key);
        collaboration.removed_keys.insert(key, version);
        return true;
    };
    let bytes = collaboration.context_bytes_but(|known| known == key) + key.len() + value.as_str().len();
    if bytes > MOST_CONTEXT_BYTES {
        return false;
    }
    let participant = seat.map(|seat| collaboration.participants[seat].agent_id.clone());
    let changed_by = participant.or_else(|| said.name("agent_id"));
    collaboration.removed_keys.remove(&key);
    let changed_at = event.envelope.timestamp;
    let shared = SharedValue { key, value, version, changed_by, changed_at, event_id: event.id() };
    match collaboration.shared_context.iter().position(|known| known.key == shared.key) {
        Some(place) => collaboration.shared_context[place] = shared,
        None => collaboration.shared_context.push(shared),
    }
    true
}
