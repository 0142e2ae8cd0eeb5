//! Workflows that moved.

use chrono::{DateTime, Utc};
use god33_domain::Workflow;
use god33_domain::ports::StoreError;
use sqlx::PgConnection;

use crate::error::Doing;
use crate::time::{floor, nanos};

const OPERATION: &str = "record workflows";

/// Writes them whole.
pub(super) async fn upsert(connection: &mut PgConnection, workflows: &[&Workflow]) -> Result<(), StoreError> {
    if workflows.is_empty() {
        return Ok(());
    }
    let states = workflows.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
    let states = states.map_err(|error| StoreError::Corrupt { operation: OPERATION, detail: error.to_string() })?;
    sqlx::query(
        "insert into workflow_states (workflow_id, project_name, current_phase, current_agent, status, started_at,
           started_at_nanos, updated_at, version, search, state)
         select workflow_id, project_name, current_phase, current_agent, status, started_at, nanos, updated_at, version, search,
           state::json
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::smallint[],
                $8::timestamptz[], $9::bigint[], $10::text[], $11::text[])
              as w(workflow_id, project_name, current_phase, current_agent, status, started_at, nanos, updated_at, version, search,
                   state)
         on conflict (workflow_id) do update set
           project_name = excluded.project_name, current_phase = excluded.current_phase,
           current_agent = excluded.current_agent, status = excluded.status, started_at = excluded.started_at,
           started_at_nanos = excluded.started_at_nanos, updated_at = excluded.updated_at, version = excluded.version,
           search = excluded.search, state = excluded.state",
    )
    .bind(workflows.iter().map(|w| w.workflow_id.as_str()).collect::<Vec<&str>>())
    .bind(workflows.iter().map(|w| w.project_name.as_deref()).collect::<Vec<Option<&str>>>())
    .bind(workflows.iter().map(|w| w.current_phase.as_deref()).collect::<Vec<Option<&str>>>())
    .bind(workflows.iter().map(|w| w.current_agent.as_deref()).collect::<Vec<Option<&str>>>())
    .bind(workflows.iter().map(|w| w.status.as_str()).collect::<Vec<&str>>())
    .bind(workflows.iter().map(|w| floor(w.started_at)).collect::<Vec<DateTime<Utc>>>())
    .bind(workflows.iter().map(|w| nanos(w.started_at)).collect::<Vec<i16>>())
    .bind(workflows.iter().map(|w| floor(w.updated_at)).collect::<Vec<DateTime<Utc>>>())
    .bind(workflows.iter().map(|w| i64::try_from(w.version).unwrap_or(i64::MAX)).collect::<Vec<i64>>())
    .bind(workflows.iter().map(|w| w.searched()).collect::<Vec<String>>())
    .bind(states)
    .execute(connection)
    .await
    .doing(OPERATION)?;
    Ok(())
}
