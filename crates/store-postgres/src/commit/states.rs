//! States that moved, all but workflows, and the labels under which lists find them.

use chrono::{DateTime, Utc};
use god33_domain::ports::StoreError;
use god33_domain::state::{ChangedState, StateKey};

use super::statement::{Columns, Statement};
use crate::time::floor;

/// Writes them whole, and what changed of their labels.
pub(super) fn write(statement: &mut Statement, states: &[&ChangedState]) -> Result<(), StoreError> {
    if states.is_empty() {
        return Ok(());
    }
    let keys: Vec<StateKey> = states.iter().map(|changed| changed.state.key()).collect();
    let ranks: Vec<String> = states.iter().map(|changed| changed.state.rank()).collect();
    upsert(statement, states, &keys, &ranks)?;
    let places = || states.iter().zip(&keys).zip(&ranks);
    Labels::of(places(), |changed| &changed.lost).write(
        statement,
        "unlabelled",
        "delete from state_labels s using head, ",
        " as l(kind, label, rank, id) where s.kind = l.kind and s.label = l.label and s.rank = l.rank and s.id = l.id",
    );
    Labels::of(places(), |changed| &changed.gained).write(
        statement,
        "labelled",
        "insert into state_labels (kind, label, rank, id) select n.* from ",
        " n cross join head on conflict do nothing",
    );
    Ok(())
}

fn upsert(
    statement: &mut Statement,
    states: &[&ChangedState],
    keys: &[StateKey],
    ranks: &[String],
) -> Result<(), StoreError> {
    let json = states.iter().map(|changed| changed.state.to_json()).collect::<Result<Vec<String>, _>>();
    let json = json.map_err(|error| StoreError::Corrupt { operation: "record states", detail: error.to_string() })?;
    statement.part("states_moved", |sql| {
        sql.push("insert into states (kind, id, rank, due_at, state) select kind, id, rank, due_at, state::json from ");
        Columns::of(sql)
            .column("text", keys.iter().map(|key| key.kind.as_str()).collect::<Vec<_>>())
            .column("text", keys.iter().map(|key| key.id.as_str()).collect::<Vec<_>>())
            .column("text", ranks)
            .column(
                "timestamptz",
                states.iter().map(|s| s.state.due().map(floor)).collect::<Vec<Option<DateTime<Utc>>>>(),
            )
            .column("text", json)
            .then(
                " as s(kind, id, rank, due_at, state) cross join head
                 on conflict (kind, id) do update set due_at = excluded.due_at, state = excluded.state",
            );
    });
    Ok(())
}

/// Rows of labels, column by column.
#[derive(Default)]
struct Labels<'a> {
    kinds: Vec<&'a str>,
    labels: Vec<&'a str>,
    ranks: Vec<&'a str>,
    ids: Vec<&'a str>,
}

impl<'a> Labels<'a> {
    fn of(
        places: impl Iterator<Item = ((&'a &'a ChangedState, &'a StateKey), &'a String)>,
        labels: impl Fn(&'a ChangedState) -> &'a [String],
    ) -> Self {
        let mut rows = Self::default();
        for ((changed, key), rank) in places {
            for label in labels(changed) {
                rows.kinds.push(key.kind.as_str());
                rows.labels.push(label);
                rows.ranks.push(rank);
                rows.ids.push(&key.id);
            }
        }
        rows
    }

    fn write(&self, statement: &mut Statement, name: &'static str, start: &'static str, end: &'static str) {
        if self.ids.is_empty() {
            return;
        }
        statement.part(name, |sql| {
            sql.push(start);
            let mut columns = Columns::of(sql);
            columns.column("text", &self.kinds).column("text", &self.labels);
            columns.column("text", &self.ranks).column("text", &self.ids).then(end);
        });
    }
}
