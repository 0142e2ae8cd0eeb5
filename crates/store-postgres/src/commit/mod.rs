//! Writes a decided batch: in one statement, whatever tables it touches.

mod causes;
mod events;
mod late;
mod projectors;
mod requests;
mod sessions;
mod statement;
mod states;
mod types;
mod workflows;

use std::collections::BTreeSet;

use god33_domain::plan::{Head, Writes};
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use self::statement::Statement;
use crate::memory::Memory;
use crate::month::Month;
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

/// Writes everything, or nothing when the head is not where it was, and then answers false. There is a partition for every event.
pub(crate) async fn write(
    connection: &mut PgConnection,
    writes: &Writes,
    before: &Before<'_>,
) -> Result<bool, StoreError> {
    let mut statement = Statement::moving(before.head, writes.head);
    events::insert(&mut statement, &writes.events)?;
    causes::insert(&mut statement, &writes.edges);
    causes::resolve(&mut statement, &writes.resolved, before.waits);
    late::update(&mut statement, &writes.late)?;
    types::insert(&mut statement, &writes.events, before.memory);
    sessions::upsert(&mut statement, &writes.sessions);
    workflows::upsert(&mut statement, &writes.workflows().collect::<Vec<_>>())?;
    states::write(&mut statement, &writes.other_states().collect::<Vec<_>>())?;
    requests::insert(&mut statement, &writes.requests)?;
    projectors::upsert(&mut statement, &writes.cursors);
    statement.run(connection).await
}

/// The months of a batch's events.
pub(crate) fn months(writes: &Writes) -> BTreeSet<Month> {
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
