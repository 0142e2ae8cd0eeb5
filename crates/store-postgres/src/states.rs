//! States of handoffs, sessions, questions and so on; workflows have a table of their own.

use god33_domain::Timestamp;
use god33_domain::ports::StoreError;
use god33_domain::state::{State, StateKey, StateKind, StatePage, StateQuery};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Postgres, QueryBuilder};

use crate::error::Doing;
use crate::read::as_limit;
use crate::row::Columns;
use crate::time::floor;

/// Adds a branch for each table that holds states of these keys; `columns` says which columns it has, given those of the kind and the state.
pub(crate) fn add_to(sql: &mut QueryBuilder<Postgres>, keys: &[StateKey], columns: impl Fn(&str, &str) -> String) {
    let (workflows, others): (Vec<&StateKey>, Vec<&StateKey>) =
        keys.iter().partition(|key| key.kind == StateKind::Workflow);
    if !workflows.is_empty() {
        sql.push(" union all select ").push(columns("'workflow'", "state::text"));
        sql.push(" from workflow_states where workflow_id = any(").push_bind(ids(&workflows)).push(")");
    }
    if !others.is_empty() {
        sql.push(" union all select ").push(columns("s.kind", "s.state::text"));
        sql.push(" from unnest(").push_bind(others.iter().map(|key| key.kind.as_str()).collect::<Vec<&str>>());
        sql.push("::text[], ").push_bind(ids(&others));
        sql.push("::text[]) as w(kind, id) join states s on s.kind = w.kind and s.id = w.id");
    }
}

fn ids<'a>(keys: &[&'a StateKey]) -> Vec<&'a str> {
    keys.iter().map(|key| key.id.as_str()).collect()
}

fn state(row: &PgRow, operation: &'static str) -> Result<State, StoreError> {
    read(&mut Columns::of(row, operation))
}

/// Reads `kind, state`.
pub(crate) fn read(columns: &mut Columns<'_>) -> Result<State, StoreError> {
    let kind = kind(columns)?;
    State::from_json(kind, columns.take()?).map_err(|error| columns.corrupt(error.to_string()))
}

fn kind(columns: &mut Columns<'_>) -> Result<StateKind, StoreError> {
    let word: &str = columns.take()?;
    StateKind::from_word(word).ok_or_else(|| columns.corrupt(format!("the unknown kind of state {word:?}")))
}

/// Reads `kind, id`.
pub(crate) fn key(columns: &mut Columns<'_>) -> Result<StateKey, StoreError> {
    Ok(StateKey { kind: kind(columns)?, id: columns.take()? })
}

/// Reads states by their keys.
pub(crate) async fn get(connection: &mut PgConnection, keys: &[StateKey]) -> Result<Vec<State>, StoreError> {
    const OPERATION: &str = "read states";
    let mut sql = QueryBuilder::new("select null, null where false");
    add_to(&mut sql, keys, |kind, state| format!("{kind}, {state}"));
    let rows = sql.build().fetch_all(connection).await.doing(OPERATION)?;
    rows.iter().map(|row| state(row, OPERATION)).collect()
}

/// One page, by rank.
pub(crate) async fn list(connection: &mut PgConnection, query: &StateQuery) -> Result<StatePage, StoreError> {
    const OPERATION: &str = "list states";
    let rows = select(query).build().fetch_all(connection).await.doing(OPERATION)?;
    let page = &rows[..rows.len().min(query.limit)];
    let states = page.iter().map(|row| state(row, OPERATION)).collect::<Result<_, _>>()?;
    Ok(StatePage { states, has_more: rows.len() > query.limit })
}

/// The first condition leads: its labels are ranges of the key. Every further one is looked up for each state found.
fn select(query: &StateQuery) -> QueryBuilder<Postgres> {
    let mut sql = QueryBuilder::new("select s.kind, s.state::text from ");
    let kind = query.kind.as_str();
    let (leading, further) = match query.having.split_first() {
        None => ("s", &[][..]),
        Some((first, further)) => {
            sql.push("(select distinct kind, rank, id from state_labels where kind = ").push_bind(kind);
            sql.push(" and label = any(").push_bind(first.clone()).push(")) l join ");
            ("l", further)
        }
    };
    sql.push("states s ");
    match leading {
        "l" => sql.push("on s.kind = l.kind and s.id = l.id where true"),
        _ => sql.push("where s.kind = ").push_bind(kind),
    };
    for condition in further {
        sql.push(" and exists (select from state_labels m where m.kind = s.kind and m.rank = s.rank and m.id = s.id and m.label = any(");
        sql.push_bind(condition.clone()).push("))");
    }
    if let Some((rank, id)) = &query.after {
        sql.push(format_args!(" and ({leading}.rank, {leading}.id) > (")).push_bind(rank.clone());
        sql.push(", ").push_bind(id.clone()).push(")");
    }
    sql.push(format_args!(" order by {leading}.rank, {leading}.id limit "));
    sql.push_bind(as_limit(query.limit.saturating_add(1)));
    sql
}

/// What has to be looked at, the longest due first.
pub(crate) async fn due(
    connection: &mut PgConnection,
    at: Timestamp,
    limit: usize,
) -> Result<Vec<StateKey>, StoreError> {
    const OPERATION: &str = "look for what is due";
    let rows = sqlx::query("select kind, id from states where due_at <= $1 order by due_at limit $2")
        .bind(floor(at))
        .bind(as_limit(limit))
        .fetch_all(connection)
        .await
        .doing(OPERATION)?;
    rows.iter().map(|row| key(&mut Columns::of(row, OPERATION))).collect()
}
