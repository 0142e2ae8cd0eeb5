//! Writes a decided batch: one statement for each table that it touches.

mod causes;
mod events;
mod head;
mod late;
mod projectors;
mod requests;
mod sessions;
mod states;
mod types;
mod workflows;

use std::collections::BTreeSet;

use god33_domain::plan::{Head, Writes};
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use crate::memory::Memory;
use crate::month::Month;
use crate::partition;
use crate::transaction::Waits;

/// What was so before the batch.
pub(crate) struct Before<'a> {
    /// The end of the log.
    pub(crate) head: Head,
    /// What the node remembers.
    pub(crate) memory: &'a Memory,
    /// Which of the batch's events are waited for.
    pub(crate) waits: &'a Waits,
}

/// Writes everything but the commit itself.
pub(crate) async fn write(
    connection: &mut PgConnection,
    writes: &Writes,
    before: &Before<'_>,
) -> Result<(), StoreError> {
    let missing = before.memory.unknown_months(months(writes));
    if !missing.is_empty() {
        partition::ensure(connection, &missing).await?;
    }
    events::insert(connection, &writes.events).await?;
    causes::insert(connection, &writes.edges).await?;
    causes::resolve(connection, &writes.resolved, before.waits).await?;
    late::update(connection, &writes.late).await?;
    types::insert(connection, &writes.events, before.memory).await?;
    sessions::upsert(connection, &writes.sessions).await?;
    workflows::upsert(connection, &writes.workflows().collect::<Vec<_>>()).await?;
    states::write(connection, &writes.other_states().collect::<Vec<_>>()).await?;
    requests::insert(connection, &writes.requests).await?;
    projectors::upsert(connection, &writes.cursors).await?;
    head::advance(connection, before.head, writes.head).await
}

fn months(writes: &Writes) -> BTreeSet<Month> {
    writes.events.iter().map(|recording| Month::of(recording.event.recorded_at)).collect()
}

/// Remembers what is certain since the batch is committed.
pub(crate) fn remember(writes: &Writes, before: Head, memory: &Memory) {
    let mut last = (!writes.events.is_empty() && before.position.get() > 0).then(|| Month::of(before.recorded_at));
    for recording in &writes.events {
        let month = Month::of(recording.event.recorded_at);
        if last != Some(month) {
            memory.know_month(month, Some(recording.event.position));
            last = Some(month);
        }
    }
    memory.know_types(writes.events.iter().map(|recording| recording.event.envelope.event_type.as_str()));
}
