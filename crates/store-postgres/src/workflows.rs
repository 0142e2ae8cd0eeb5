//! The states of workflows.

use god33_domain::ports::{StoreError, WorkflowFilter, WorkflowPage, WorkflowQuery};
use god33_domain::{Workflow, WorkflowId};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Postgres, QueryBuilder};

use crate::error::Doing;
use crate::filter::no_column_holds;
use crate::read::as_limit;
use crate::row::Columns;
use crate::time::{floor, nanos};

const GET: &str = "read the state of a workflow";
const LIST: &str = "list workflows";
const COUNT: &str = "count workflows";

/// One workflow.
pub(crate) async fn get(connection: &mut PgConnection, id: &WorkflowId) -> Result<Option<Workflow>, StoreError> {
    let row = sqlx::query("select state::text from workflow_states where workflow_id = $1")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await
        .doing(GET)?;
    row.map(|row| Columns::of(&row, GET).document()).transpose()
}

fn states(rows: &[PgRow], operation: &'static str) -> Result<Vec<Workflow>, StoreError> {
    rows.iter().map(|row| Columns::of(row, operation).document()).collect()
}

/// One page, the last updated first.
pub(crate) async fn list(connection: &mut PgConnection, query: &WorkflowQuery) -> Result<WorkflowPage, StoreError> {
    if asks_for_what_no_column_holds(&query.filter) {
        return Ok(WorkflowPage { workflows: Vec::new(), has_more: false });
    }
    let mut sql = QueryBuilder::new("select state::text from workflow_states where true");
    filter(&mut sql, &query.filter);
    if let Some((updated_at, id)) = &query.after {
        let updated_at = floor(*updated_at);
        sql.push(" and updated_at <= ").push_bind(updated_at);
        sql.push(" and (updated_at < ").push_bind(updated_at);
        sql.push(" or workflow_id > ").push_bind(id.as_str().to_owned()).push(")");
    }
    sql.push(" order by updated_at desc, workflow_id limit ").push_bind(as_limit(query.limit.saturating_add(1)));
    let rows = sql.build().fetch_all(connection).await.doing(LIST)?;
    let page = &rows[..rows.len().min(query.limit)];
    Ok(WorkflowPage { workflows: states(page, LIST)?, has_more: rows.len() > query.limit })
}

/// How many a filter chooses.
pub(crate) async fn count(connection: &mut PgConnection, filter: &WorkflowFilter) -> Result<u64, StoreError> {
    if asks_for_what_no_column_holds(filter) {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new("select count(*) from workflow_states where true");
    self::filter(&mut sql, filter);
    let count: i64 = sql.build_query_scalar().fetch_one(connection).await.doing(COUNT)?;
    Ok(count.unsigned_abs())
}

fn asks_for_what_no_column_holds(filter: &WorkflowFilter) -> bool {
    let texts = texts(filter).into_iter().filter_map(|(_, text)| text);
    texts.chain(filter.words.iter().map(String::as_str)).any(no_column_holds)
}

/// The columns that a filter compares with a text.
fn texts(filter: &WorkflowFilter) -> [(&'static str, Option<&str>); 4] {
    [
        ("project_name", filter.project_name.as_deref()),
        ("current_phase", filter.current_phase.as_deref()),
        ("current_agent", filter.current_agent.as_deref()),
        ("status", filter.status.map(|status| status.as_str())),
    ]
}

fn filter(sql: &mut QueryBuilder<Postgres>, filter: &WorkflowFilter) {
    for (column, text) in texts(filter) {
        if let Some(text) = text {
            sql.push(format_args!(" and {column} = ")).push_bind(text.to_owned());
        }
    }
    for (comparison, time) in [(">=", filter.started_since), ("<", filter.started_until)] {
        if let Some(time) = time {
            sql.push(format_args!(" and (started_at, started_at_nanos) {comparison} (")).push_bind(floor(time));
            sql.push(", ").push_bind(nanos(time)).push(")");
        }
    }
    for word in &filter.words {
        sql.push(" and strpos(search, ").push_bind(word.clone()).push(") > 0");
    }
}
