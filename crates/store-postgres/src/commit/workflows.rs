//! Workflows that moved.

use chrono::{DateTime, Utc};
use god33_domain::Workflow;
use god33_domain::ports::StoreError;

use super::statement::{Columns, Statement};
use crate::row::{json, number};
use crate::time::{floor, nanos};

const INTO: &str = "insert into workflow_states (workflow_id, project_name, current_phase, current_agent, status, started_at,
    started_at_nanos, updated_at, version, search, state)
  select workflow_id, project_name, current_phase, current_agent, status, started_at, nanos, updated_at, version, search,
    state::json
  from ";

const AS: &str = " as w(workflow_id, project_name, current_phase, current_agent, status, started_at, nanos, updated_at, version, search,
    state)
  cross join head
  on conflict (workflow_id) do update set
    project_name = excluded.project_name, current_phase = excluded.current_phase,
    current_agent = excluded.current_agent, status = excluded.status, started_at = excluded.started_at,
    started_at_nanos = excluded.started_at_nanos, updated_at = excluded.updated_at, version = excluded.version,
    search = excluded.search, state = excluded.state";

/// Writes them whole.
pub(super) fn upsert(statement: &mut Statement, workflows: &[&Workflow]) -> Result<(), StoreError> {
    if workflows.is_empty() {
        return Ok(());
    }
    let states = workflows.iter().map(|workflow| json(workflow, "record workflows")).collect::<Result<Vec<_>, _>>()?;
    statement.part("workflows_moved", |sql| {
        sql.push(INTO);
        Columns::of(sql)
            .column("text", workflows.iter().map(|w| w.workflow_id.as_str()).collect::<Vec<_>>())
            .column("text", workflows.iter().map(|w| w.project_name.as_deref()).collect::<Vec<_>>())
            .column("text", workflows.iter().map(|w| w.current_phase.as_deref()).collect::<Vec<_>>())
            .column("text", workflows.iter().map(|w| w.current_agent.as_deref()).collect::<Vec<_>>())
            .column("text", workflows.iter().map(|w| w.status.as_str()).collect::<Vec<_>>())
            .column("timestamptz", workflows.iter().map(|w| floor(w.started_at)).collect::<Vec<DateTime<Utc>>>())
            .column("smallint", workflows.iter().map(|w| nanos(w.started_at)).collect::<Vec<i16>>())
            .column("timestamptz", workflows.iter().map(|w| floor(w.updated_at)).collect::<Vec<DateTime<Utc>>>())
            .column("bigint", workflows.iter().map(|w| number(w.version)).collect::<Vec<_>>())
            .column("text", workflows.iter().map(|w| w.searched()).collect::<Vec<String>>())
            .column("text", states)
            .then(AS);
    });
    Ok(())
}
