//! The dictionary of event types.

use std::collections::BTreeMap;

use god33_domain::plan::Recording;

use super::statement::{Columns, Statement};
use crate::memory::Memory;

/// Adds the types that the node does not know to be there, each with the position of its first event.
pub(super) fn insert(statement: &mut Statement, recordings: &[Recording], memory: &Memory) {
    let unknown = memory.unknown_types(recordings.iter().map(|r| r.event.envelope.event_type.as_str()));
    if unknown.is_empty() {
        return;
    }
    let mut first: BTreeMap<&str, i64> = BTreeMap::new();
    for recording in recordings {
        let text = recording.event.envelope.event_type.as_str();
        if unknown.contains(text) {
            first.entry(text).or_insert(recording.event.position.as_i64());
        }
    }
    let (types, positions): (Vec<&str>, Vec<i64>) = first.into_iter().unzip();
    statement.part("typed", |sql| {
        sql.push("insert into event_types (event_type, first_position) select n.* from ");
        Columns::of(sql)
            .column("text", types)
            .column("bigint", positions)
            .then(" n cross join head on conflict (event_type) do nothing");
    });
}
