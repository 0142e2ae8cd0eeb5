//! What is derived from the log: sessions, workflows, and first answers.

use god33_domain::plan::RecordedRequest;
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, SessionLink, Workflow, WorkflowId};
use sqlx::sqlite::SqliteConnection;
use sqlx::types::Json;

use super::rows::{Insert, Query};

const SESSIONS: Insert = Insert {
    into: "sessions (session_id, workflow_id, agent)",
    columns: 3,
    then: "on conflict (session_id) do update set workflow_id = excluded.workflow_id, agent = excluded.agent",
};

const WORKFLOWS: Insert = Insert {
    into: "workflow_states (workflow_id, project_name, current_phase, current_agent, status, started_at, started_at_nanos, \
        updated_at, version, state)",
    columns: 10,
    then: "on conflict (workflow_id) do update set project_name = excluded.project_name, \
        current_phase = excluded.current_phase, current_agent = excluded.current_agent, status = excluded.status, \
        started_at = excluded.started_at, started_at_nanos = excluded.started_at_nanos, \
        updated_at = excluded.updated_at, version = excluded.version, state = excluded.state",
};

const REQUESTS: Insert =
    Insert { into: "request_results (request_id, digest, answer, recorded_at)", columns: 4, then: "" };

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
    workflows: &[Workflow],
) -> Result<(), StoreError> {
    WORKFLOWS.all(connection, workflows, bind_workflow).await
}

fn bind_workflow<'q>(query: Query<'q>, workflow: &'q Workflow) -> Query<'q> {
    query
        .bind(workflow.workflow_id.as_str())
        .bind(workflow.project_name.as_deref())
        .bind(workflow.current_phase.as_deref())
        .bind(workflow.current_agent.as_deref())
        .bind(workflow.status.as_str())
        .bind(workflow.started_at.micros())
        .bind(workflow.started_at.sub_micro_nanos())
        .bind(workflow.updated_at.micros())
        .bind(i64::try_from(workflow.version).unwrap_or(i64::MAX))
        .bind(Json(workflow))
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
