//! Reads events by their ids, no more than one answer holds.

use god33_domain::{EventId, RecordedEvent};

use crate::wire::page;
use crate::{AppError, Reader};

/// How many events are read at once: large ones must not fill the memory before it is seen that they do not fit.
pub(super) const AT_ONCE: usize = 200;

/// Events that fit into one answer.
pub(super) struct Fetched {
    /// The recorded ones, in the order of their ids.
    pub(super) events: Vec<RecordedEvent>,
    /// How many of the ids, from the first on, were looked up.
    pub(super) ids: usize,
}

/// Reads the recorded ones of these events until an answer is full.
pub(super) async fn fetch(reader: &Reader<'_>, ids: &[EventId]) -> Result<Fetched, AppError> {
    let mut events: Vec<RecordedEvent> = Vec::new();
    for chunk in ids.chunks(AT_ONCE) {
        events.extend(reader.events(chunk).await?);
        let fitting = page::that_fit(&events);
        if let Some(beyond) = events.get(fitting).map(RecordedEvent::id) {
            events.truncate(fitting);
            let ids = ids.iter().position(|id| *id == beyond).unwrap_or(ids.len());
            return Ok(Fetched { events, ids });
        }
    }
    Ok(Fetched { events, ids: ids.len() })
}
