//! What is derived from the log: sessions, workflows, all other states, first answers; and where projectors stand.

use std::collections::BTreeMap;

use god33_domain::plan::RecordedRequest;
use god33_domain::ports::StoreError;
use god33_domain::state::{ChangedState, StateKey};
use god33_domain::{AgentId, Position, SessionLink, Timestamp, Workflow, WorkflowId};
use sqlx::sqlite::SqliteConnection;
use sqlx::types::Json;

use super::OPERATION;
use super::rows::{Insert, Query};
use crate::error::{corrupt, failed};
use crate::row::number;

const SESSIONS: Insert = Insert {
    into: "sessions (session_id, workflow_id, agent)",
    columns: 3,
    then: "on conflict (session_id) do update set workflow_id = excluded.workflow_id, agent = excluded.agent",
};

const WORKFLOWS: Insert = Insert {
    into: "workflow_states (workflow_id, project_name, current_phase, current_agent, status, started_at, started_at_nanos, \
        updated_at, version, search, state)",
    columns: 11,
    then: "on conflict (workflow_id) do update set project_name = excluded.project_name, \
        current_phase = excluded.current_phase, current_agent = excluded.current_agent, status = excluded.status, \
        started_at = excluded.started_at, started_at_nanos = excluded.started_at_nanos, \
        updated_at = excluded.updated_at, version = excluded.version, search = excluded.search, state = excluded.state",
};

const REQUESTS: Insert =
    Insert { into: "request_results (request_id, digest, answer, recorded_at)", columns: 4, then: "" };

const PROJECTORS: Insert = Insert {
    into: "projectors (name, position)",
    columns: 2,
    then: "on conflict (name) do update set position = excluded.position",
};

pub(super) async fn keep_cursors(
    connection: &mut SqliteConnection,
    cursors: &BTreeMap<String, Position>,
) -> Result<(), StoreError> {
    let cursors: Vec<(&String, &Position)> = cursors.iter().collect();
    PROJECTORS.all(connection, &cursors, |query, (name, position)| query.bind(*name).bind(position.as_i64())).await
}

pub(super) async fn keep_sessions(
    connection: &mut SqliteConnection,
    sessions: &[SessionLink],
) -> Result<(), StoreError> {
    SESSIONS.all(connection, sessions, bind_session).await
}

fn bind_session<'q>(query: Query<'q>, session: &'q SessionLink) -> Query<'q> {
    query
        .bind(session.session_id.as_str())
        .bind(session.workflow_id.as_ref().map(WorkflowId::as_str))
        .bind(session.agent.as_ref().map(AgentId::as_str))
}

pub(super) async fn keep_workflows(
    connection: &mut SqliteConnection,
    workflows: &[&Workflow],
) -> Result<(), StoreError> {
    WORKFLOWS.all(connection, workflows, bind_workflow).await
}

fn bind_workflow<'q>(query: Query<'q>, workflow: &'q &Workflow) -> Query<'q> {
    query
        .bind(workflow.workflow_id.as_str())
        .bind(workflow.project_name.as_deref())
        .bind(workflow.current_phase.as_deref())
        .bind(workflow.current_agent.as_deref())
        .bind(workflow.status.as_str())
        .bind(workflow.started_at.micros())
        .bind(workflow.started_at.sub_micro_nanos())
        .bind(workflow.updated_at.micros())
        .bind(number(workflow.version))
        .bind(workflow.searched())
        .bind(Json(*workflow))
}

const STATES: Insert = Insert {
    into: "states (kind, id, rank, due_at, state)",
    columns: 5,
    then: "on conflict (kind, id) do update set due_at = excluded.due_at, state = excluded.state",
};

const LABELS: Insert =
    Insert { into: "state_labels (kind, label, rank, id)", columns: 4, then: "on conflict do nothing" };

/// A state with what is bound for it.
struct Row<'a> {
    changed: &'a ChangedState,
    key: StateKey,
    rank: String,
    json: String,
}

pub(super) async fn keep_states(connection: &mut SqliteConnection, states: &[&ChangedState]) -> Result<(), StoreError> {
    let rows = states.iter().map(|changed| row(changed)).collect::<Result<Vec<Row<'_>>, StoreError>>()?;
    STATES.all(connection, &rows, bind_state).await?;
    for row in &rows {
        for label in &row.changed.lost {
            let sql = "delete from state_labels where kind = ? and label = ? and rank = ? and id = ?";
            let query = sqlx::query(sql).bind(row.key.kind.as_str()).bind(label).bind(&row.rank).bind(&row.key.id);
            query.execute(&mut *connection).await.map_err(failed(OPERATION))?;
        }
    }
    let gained: Vec<(&Row<'_>, &String)> =
        rows.iter().flat_map(|row| row.changed.gained.iter().map(move |label| (row, label))).collect();
    LABELS.all(connection, &gained, bind_label).await
}

fn row(changed: &ChangedState) -> Result<Row<'_>, StoreError> {
    let json = changed.state.to_json().map_err(|error| corrupt(OPERATION, error.to_string()))?;
    Ok(Row { changed, key: changed.state.key(), rank: changed.state.rank(), json })
}

fn bind_state<'q>(query: Query<'q>, row: &'q Row<'_>) -> Query<'q> {
    query
        .bind(row.key.kind.as_str())
        .bind(row.key.id.as_str())
        .bind(row.rank.as_str())
        .bind(row.changed.state.due().map(Timestamp::micros))
        .bind(row.json.as_str())
}

fn bind_label<'q>(query: Query<'q>, (row, label): &'q (&Row<'_>, &String)) -> Query<'q> {
    query.bind(row.key.kind.as_str()).bind(label.as_str()).bind(row.rank.as_str()).bind(row.key.id.as_str())
}

pub(super) async fn keep_requests(
    connection: &mut SqliteConnection,
    requests: &[RecordedRequest],
) -> Result<(), StoreError> {
    REQUESTS.all(connection, requests, bind_request).await
}

fn bind_request<'q>(query: Query<'q>, recorded: &'q RecordedRequest) -> Query<'q> {
    query
        .bind(recorded.request.id.0)
        .bind(recorded.request.digest.as_bytes().as_slice())
        .bind(Json(&recorded.answer))
        .bind(recorded.recorded_at.micros())
}
