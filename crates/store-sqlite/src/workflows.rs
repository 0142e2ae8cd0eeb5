//! States of workflows.

use god33_domain::ports::{StoreError, WorkflowFilter, WorkflowPage, WorkflowQuery};
use god33_domain::workflow::WorkflowStatus;
use god33_domain::{Timestamp, Workflow, WorkflowId};
use sqlx::{QueryBuilder, Sqlite};

use crate::SqliteStore;
use crate::error::failed;
use crate::row::{Columns, limit as sql_limit};

pub(crate) async fn workflow(store: &SqliteStore, id: &WorkflowId) -> Result<Option<Workflow>, StoreError> {
    const OPERATION: &str = "read a workflow";
    let mut reader = store.connections.read(OPERATION).await?;
    let row = sqlx::query("select state from workflow_states where workflow_id = ?")
        .bind(id.as_str())
        .fetch_optional(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    row.map(|row| Columns::of(&row, OPERATION).json()).transpose()
}

pub(crate) async fn list_workflows(store: &SqliteStore, query: &WorkflowQuery) -> Result<WorkflowPage, StoreError> {
    const OPERATION: &str = "list workflows";
    let mut sql = QueryBuilder::new("select state from workflow_states where true");
    push_filter(&mut sql, &query.filter);
    if let Some((updated_at, id)) = &query.after {
        push_after(&mut sql, *updated_at, id);
    }
    sql.push(" order by updated_at desc, workflow_id limit ").push_bind(sql_limit(query.limit.saturating_add(1)));

    let mut reader = store.connections.read(OPERATION).await?;
    let mut rows = sql.build().fetch_all(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    let has_more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let workflows = rows.iter().map(|row| Columns::of(row, OPERATION).json()).collect::<Result<_, _>>()?;
    Ok(WorkflowPage { workflows, has_more })
}

pub(crate) async fn count_workflows(store: &SqliteStore, filter: &WorkflowFilter) -> Result<u64, StoreError> {
    const OPERATION: &str = "count workflows";
    let mut sql = QueryBuilder::new("select count(*) from workflow_states where true");
    push_filter(&mut sql, filter);
    let mut reader = store.connections.read(OPERATION).await?;
    let row = sql.build().fetch_one(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    let count: i64 = Columns::of(&row, OPERATION).get()?;
    Ok(count.unsigned_abs())
}

fn push_filter(sql: &mut QueryBuilder<Sqlite>, filter: &WorkflowFilter) {
    let texts = [
        (" and project_name = ", filter.project_name.as_deref()),
        (" and current_phase = ", filter.current_phase.as_deref()),
        (" and current_agent = ", filter.current_agent.as_deref()),
        (" and status = ", filter.status.map(WorkflowStatus::as_str)),
    ];
    for (condition, text) in texts {
        if let Some(text) = text {
            sql.push(condition).push_bind(text.to_owned());
        }
    }
    for (comparison, time) in [(">=", filter.started_since), ("<", filter.started_until)] {
        if let Some(time) = time {
            sql.push(format!(" and (started_at, started_at_nanos) {comparison} (")).push_bind(time.micros());
            sql.push(", ").push_bind(time.sub_micro_nanos()).push(")");
        }
    }
    for word in &filter.words {
        sql.push(" and instr(search, ").push_bind(word.clone()).push(") > 0");
    }
}

fn push_after(sql: &mut QueryBuilder<Sqlite>, updated_at: Timestamp, id: &WorkflowId) {
    let micros = updated_at.micros();
    sql.push(" and updated_at <= ").push_bind(micros);
    sql.push(" and (updated_at < ").push_bind(micros);
    sql.push(" or workflow_id > ").push_bind(id.as_str().to_owned()).push(")");
}
