//! States of handoffs, sessions, questions and so on; workflows have a table of their own.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use god33_domain::state::{State, StateKey, StateKind, StatePage, StateQuery};
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{QueryBuilder, Sqlite};

use crate::error::{corrupt, failed};
use crate::row::{Columns, limit as sql_limit};
use crate::{SqliteStore, ids};

pub(crate) async fn states(store: &SqliteStore, keys: &[StateKey]) -> Result<Vec<State>, StoreError> {
    const OPERATION: &str = "read states";
    let mut reader = store.connections.read(OPERATION).await?;
    load(&mut reader.connection, keys, OPERATION).await
}

/// The states of these keys: one statement for each table that holds some.
pub(crate) async fn load(
    connection: &mut SqliteConnection,
    keys: &[StateKey],
    operation: &'static str,
) -> Result<Vec<State>, StoreError> {
    let (workflows, others): (Vec<&StateKey>, Vec<&StateKey>) =
        keys.iter().partition(|key| key.kind == StateKind::Workflow);
    let mut states = Vec::with_capacity(keys.len());
    let workflow_states =
        "select 'workflow', s.state from json_each(?) w cross join workflow_states s on s.workflow_id = w.value";
    let other_states = "select s.kind, s.state from json_each(?) w \
        cross join states s on s.kind = w.value ->> 0 and s.id = w.value ->> 1";
    for (sql, array) in [(workflow_states, id_array(&workflows)), (other_states, key_array(&others))] {
        let Some(array) = array else { continue };
        let rows = sqlx::query(sql).bind(array).fetch_all(&mut *connection).await.map_err(failed(operation))?;
        for row in &rows {
            states.push(state(row, operation)?);
        }
    }
    Ok(states)
}

fn id_array(keys: &[&StateKey]) -> Option<String> {
    (!keys.is_empty()).then(|| ids::text_array(keys.iter().map(|key| key.id.as_str())))
}

fn key_array(keys: &[&StateKey]) -> Option<String> {
    let pairs = keys.iter().map(|key| serde_json::Value::from_iter([key.kind.as_str(), key.id.as_str()]));
    (!keys.is_empty()).then(|| serde_json::Value::from_iter(pairs).to_string())
}

/// Reads `kind, state`.
fn state(row: &SqliteRow, operation: &'static str) -> Result<State, StoreError> {
    let mut columns = Columns::of(row, operation);
    let kind = kind(columns.get()?, operation)?;
    State::from_json(kind, columns.get()?).map_err(|error| corrupt(operation, error.to_string()))
}

pub(crate) fn kind(word: &str, operation: &'static str) -> Result<StateKind, StoreError> {
    StateKind::from_word(word).ok_or_else(|| corrupt(operation, format!("the unknown kind of state {word:?}")))
}

pub(crate) async fn list_states(store: &SqliteStore, query: &StateQuery) -> Result<StatePage, StoreError> {
    const OPERATION: &str = "list states";
    let mut sql = select(query);
    let mut reader = store.connections.read(OPERATION).await?;
    let mut rows = sql.build().fetch_all(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    let has_more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let states = rows.iter().map(|row| state(row, OPERATION)).collect::<Result<_, _>>()?;
    Ok(StatePage { states, has_more })
}

/// The first condition leads: its labels are ranges of the key. Every further one is looked up for each state found.
fn select(query: &StateQuery) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new("select s.kind, s.state from ");
    let (leading, further) = match query.having.split_first() {
        None => ("s", &[][..]),
        Some((first, further)) => {
            sql.push("(select distinct kind, rank, id from state_labels where kind = ").push_bind(query.kind.as_str());
            sql.push(" and label in (select value from json_each(").push_bind(labels(first)).push("))) l cross join ");
            ("l", further)
        }
    };
    match leading {
        "l" => sql.push("states s on s.kind = l.kind and s.id = l.id where true"),
        _ => sql.push("states s where s.kind = ").push_bind(query.kind.as_str()),
    };
    for condition in further {
        sql.push(" and exists (select 1 from state_labels m where m.kind = s.kind and m.rank = s.rank and m.id = s.id and m.label in (select value from json_each(");
        sql.push_bind(labels(condition)).push(")))");
    }
    if let Some((rank, id)) = &query.after {
        sql.push(format!(" and ({leading}.rank, {leading}.id) > (")).push_bind(rank.clone());
        sql.push(", ").push_bind(id.clone()).push(")");
    }
    sql.push(format!(" order by {leading}.rank, {leading}.id limit "))
        .push_bind(sql_limit(query.limit.saturating_add(1)));
    sql
}

fn labels(labels: &[String]) -> String {
    ids::text_array(labels.iter().map(String::as_str))
}

pub(crate) async fn due_states(store: &SqliteStore, at: Timestamp, limit: usize) -> Result<Vec<StateKey>, StoreError> {
    const OPERATION: &str = "look for what is due";
    let mut reader = store.connections.read(OPERATION).await?;
    let rows = sqlx::query("select kind, id from states where due_at <= ? order by due_at limit ?")
        .bind(at.micros())
        .bind(sql_limit(limit))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    rows.iter().map(|row| key(&mut Columns::of(row, OPERATION), OPERATION)).collect()
}

/// Reads `kind, id`.
pub(crate) fn key(columns: &mut Columns<'_>, operation: &'static str) -> Result<StateKey, StoreError> {
    Ok(StateKey { kind: kind(columns.get()?, operation)?, id: columns.get()? })
}
