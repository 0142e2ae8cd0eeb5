//! A filter of events as SQL.

use god33_domain::ports::StoreError;
use god33_domain::{AgentId, EventFilter, EventId, EventQuery, Order, SessionId, WorkflowId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

use crate::time::push_position_before;
use crate::{event_types, ids, narrowest};

/// A query's filter with its patterns resolved, ready to be written as SQL over `events e`.
pub(crate) struct Choice<'q> {
    query: &'q EventQuery,
    conditions: Vec<Condition>,
    /// The condition whose index SQLite is to use. The others are only checked.
    by_index: Option<usize>,
}

/// An indexed column has one of these values.
pub(crate) struct Condition {
    column: &'static str,
    values: Vec<String>,
}

impl<'q> Choice<'q> {
    /// Resolves the patterns of types against the types that the log has, and finds out by which index to go.
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        query: &'q EventQuery,
        operation: &'static str,
    ) -> Result<Self, StoreError> {
        let mut conditions = equalities(&query.filter);
        if !query.filter.types.is_empty() {
            let values = exact_types(connection, &query.filter, operation).await?;
            conditions.push(Condition { column: "event_type", values });
        }
        let by_index = match (conditions.len(), query.filter.chain) {
            (0, _) | (_, Some(_)) => None,
            (1, None) => Some(0),
            (_, None) => Some(narrowest::narrowest(connection, &conditions, operation).await?),
        };
        Ok(Self { query, conditions, by_index })
    }

    /// The types, when nothing but several of them and the range narrows the choice.
    pub(crate) fn by_types_only(&self) -> Option<&[String]> {
        match &self.conditions[..] {
            [only] if only.column == "event_type" && only.values.len() > 1 && self.query.filter.chain.is_none() => {
                Some(&only.values)
            }
            _ => None,
        }
    }

    /// Adds `where …` for everything that is asked of an event but for order and limit.
    pub(crate) fn push_where(&self, sql: &mut QueryBuilder<Sqlite>) {
        sql.push(" where true");
        self.push_range(sql);
        for (index, condition) in self.conditions.iter().enumerate() {
            sql.push(" and ");
            condition.push(sql, self.by_index == Some(index));
        }
        if let Some(id) = self.query.filter.chain {
            push_chain(sql, id);
        }
    }

    /// `since` and `until` become positions, since times of recording never fall: every index is in order of positions.
    pub(crate) fn push_range(&self, sql: &mut QueryBuilder<Sqlite>) {
        if let Some(after) = self.query.after {
            let comparison = if self.query.order == Order::OldestFirst { ">" } else { "<" };
            sql.push(format!(" and e.position {comparison} ")).push_bind(after.as_i64());
        }
        for (comparison, time) in [(">", self.query.filter.since), ("<=", self.query.filter.until)] {
            if let Some(time) = time {
                sql.push(format!(" and e.position {comparison} "));
                push_position_before(sql, time);
            }
        }
    }
}

impl Condition {
    /// Adds the condition. Without `by_index` it gets a `+`, which keeps SQLite from going by this column's index.
    pub(crate) fn push(&self, sql: &mut QueryBuilder<Sqlite>, by_index: bool) {
        let Self { column, values } = self;
        let plus = if by_index { "" } else { "+" };
        match &values[..] {
            [value] => sql.push(format!("{plus}e.{column} = ")).push_bind(value.clone()),
            values => sql
                .push(format!("{plus}e.{column} in (select value from json_each("))
                .push_bind(ids::text_array(values.iter().map(String::as_str)))
                .push("))"),
        };
    }
}

fn equalities(filter: &EventFilter) -> Vec<Condition> {
    let columns = [
        ("session_id", filter.session_id.as_ref().map(SessionId::as_str)),
        ("workflow_id", filter.workflow_id.as_ref().map(WorkflowId::as_str)),
        ("agent", filter.agent.as_ref().map(AgentId::as_str)),
        ("source_app", filter.source.as_deref()),
    ];
    let set = columns.into_iter().filter_map(|(column, text)| Some((column, text?)));
    set.map(|(column, text)| Condition { column, values: vec![text.to_owned()] }).collect()
}

/// The exact types that the patterns of a filter stand for in this log.
async fn exact_types(
    connection: &mut SqliteConnection,
    filter: &EventFilter,
    operation: &'static str,
) -> Result<Vec<String>, StoreError> {
    let known = event_types::read(connection, operation).await?;
    let fits = |event_type: &_| filter.types.iter().any(|pattern| pattern.matches(event_type));
    Ok(known.into_iter().map(|t| t.event_type).filter(fits).map(|t| t.as_str().to_owned()).collect())
}

/// The event itself, what led to it, what came of it, and what has it as chain id. `union` visits each event once, so a cycle
/// ends too.
fn push_chain(sql: &mut QueryBuilder<Sqlite>, id: EventId) {
    sql.push(" and e.position in (with recursive ancestors (event_id) as (select ")
        .push_bind(id.uuid())
        .push(
            " union select c.parent_id from ancestors a \
            cross join identities i on i.event_id = a.event_id cross join causes c on c.child_position = i.position), \
            descendants (event_id) as (select ",
        )
        .push_bind(id.uuid())
        .push(
            " union select c.child_id from descendants d cross join causes c on c.parent_id = d.event_id) \
            select i.position from (select event_id from ancestors union select event_id from descendants) f \
            cross join identities i on i.event_id = f.event_id \
            union select t.position from events t where length(t.chain_id) = 36 and t.chain_id = ",
        )
        .push_bind(id.to_string())
        .push(")");
}
