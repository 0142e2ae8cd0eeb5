//! The dictionary of event types.

use std::collections::BTreeMap;

use god33_domain::plan::Recording;
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use crate::error::Doing;
use crate::memory::Memory;

/// Adds the types that the node does not know to be there, each with the position of its first event.
pub(super) async fn insert(
    connection: &mut PgConnection,
    recordings: &[Recording],
    memory: &Memory,
) -> Result<(), StoreError> {
    let unknown = memory.unknown_types(recordings.iter().map(|r| r.event.envelope.event_type.as_str()));
    if unknown.is_empty() {
        return Ok(());
    }
    let mut first: BTreeMap<&str, i64> = BTreeMap::new();
    for recording in recordings {
        let text = recording.event.envelope.event_type.as_str();
        if unknown.contains(text) {
            first.entry(text).or_insert(recording.event.position.as_i64());
        }
    }
    let (types, positions): (Vec<&str>, Vec<i64>) = first.into_iter().unzip();
    sqlx::query(
        "insert into event_types (event_type, first_position) select * from unnest($1::text[], $2::bigint[])
         on conflict (event_type) do nothing",
    )
    .bind(types)
    .bind(positions)
    .execute(connection)
    .await
    .doing("record event types")?;
    Ok(())
}
