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
    if texts(&query.filter).into_iter().any(|(_, text)| text.is_some_and(no_column_holds)) {
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
}
