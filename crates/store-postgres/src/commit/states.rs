//! States that moved, all but workflows, and the labels under which lists find them.

use chrono::{DateTime, Utc};
use god33_domain::ports::StoreError;
use god33_domain::state::{ChangedState, StateKey};
use sqlx::PgConnection;

use crate::error::Doing;
use crate::time::floor;

const OPERATION: &str = "record states";
const LABELS: &str = "record the labels of states";

/// Writes them whole, and what changed of their labels.
pub(super) async fn write(connection: &mut PgConnection, states: &[&ChangedState]) -> Result<(), StoreError> {
    if states.is_empty() {
        return Ok(());
    }
    let keys: Vec<StateKey> = states.iter().map(|changed| changed.state.key()).collect();
    let ranks: Vec<String> = states.iter().map(|changed| changed.state.rank()).collect();
    upsert(connection, states, &keys, &ranks).await?;
    let places = || states.iter().zip(&keys).zip(&ranks);
    let lost = Labels::of(places(), |changed| &changed.lost);
    lost.apply(
        connection,
        "delete from state_labels s using unnest($1::text[], $2::text[], $3::text[], $4::text[]) as l(kind, label, rank, id)
         where s.kind = l.kind and s.label = l.label and s.rank = l.rank and s.id = l.id",
    )
    .await?;
    let gained = Labels::of(places(), |changed| &changed.gained);
    gained
        .apply(
            connection,
            "insert into state_labels (kind, label, rank, id)
             select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) on conflict do nothing",
        )
        .await
}

async fn upsert(
    connection: &mut PgConnection,
    states: &[&ChangedState],
    keys: &[StateKey],
    ranks: &[String],
) -> Result<(), StoreError> {
    let json = states.iter().map(|changed| changed.state.to_json()).collect::<Result<Vec<String>, _>>();
    let json = json.map_err(|error| StoreError::Corrupt { operation: OPERATION, detail: error.to_string() })?;
    sqlx::query(
        "insert into states (kind, id, rank, due_at, state)
         select kind, id, rank, due_at, state::json
         from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) as s(kind, id, rank, due_at, state)
         on conflict (kind, id) do update set due_at = excluded.due_at, state = excluded.state",
    )
    .bind(keys.iter().map(|key| key.kind.as_str()).collect::<Vec<&str>>())
    .bind(keys.iter().map(|key| key.id.as_str()).collect::<Vec<&str>>())
    .bind(ranks)
    .bind(states.iter().map(|changed| changed.state.due().map(floor)).collect::<Vec<Option<DateTime<Utc>>>>())
    .bind(json)
    .execute(connection)
    .await
    .doing(OPERATION)?;
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

    async fn apply(&self, connection: &mut PgConnection, sql: &'static str) -> Result<(), StoreError> {
        if self.ids.is_empty() {
            return Ok(());
        }
        let query = sqlx::query(sql).bind(&self.kinds).bind(&self.labels).bind(&self.ranks).bind(&self.ids);
        query.execute(connection).await.doing(LABELS)?;
        Ok(())
    }
}
