//! What is derived from the log: sessions, workflows, and first answers.

use god33_domain::plan::RecordedRequest;
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, SessionLink, Workflow, WorkflowId};
use serde::Serialize;
use sqlx::sqlite::SqliteConnection;

use super::OPERATION;
use crate::error::{corrupt, failed};

pub(super) async fn keep_sessions(
    connection: &mut SqliteConnection,
    sessions: &[SessionLink],
) -> Result<(), StoreError> {
    let sql = "insert into sessions (session_id, workflow_id, agent) values (?, ?, ?) \
        on conflict (session_id) do update set workflow_id = excluded.workflow_id, agent = excluded.agent";
    for session in sessions {
        sqlx::query(sql)
            .bind(session.session_id.as_str())
            .bind(session.workflow_id.as_ref().map(WorkflowId::as_str))
            .bind(session.agent.as_ref().map(AgentId::as_str))
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}

pub(super) async fn keep_workflows(
    connection: &mut SqliteConnection,
    workflows: &[Workflow],
) -> Result<(), StoreError> {
    let sql = "insert into workflow_states (workflow_id, project_name, status, current_phase, current_agent, started_at, \
        started_at_nanos, updated_at, version, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
        on conflict (workflow_id) do update set project_name = excluded.project_name, status = excluded.status, \
        current_phase = excluded.current_phase, current_agent = excluded.current_agent, \
        started_at = excluded.started_at, started_at_nanos = excluded.started_at_nanos, \
        updated_at = excluded.updated_at, version = excluded.version, state = excluded.state";
    for workflow in workflows {
        sqlx::query(sql)
            .bind(workflow.workflow_id.as_str())
            .bind(workflow.project_name.as_deref())
            .bind(workflow.status.as_str())
            .bind(workflow.current_phase.as_deref())
            .bind(workflow.current_agent.as_deref())
            .bind(workflow.started_at.micros())
            .bind(workflow.started_at.sub_micro_nanos())
            .bind(workflow.updated_at.micros())
            .bind(i64::try_from(workflow.version).unwrap_or(i64::MAX))
            .bind(json(workflow)?)
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}

pub(super) async fn keep_requests(
    connection: &mut SqliteConnection,
    requests: &[RecordedRequest],
) -> Result<(), StoreError> {
    for RecordedRequest { request, answer, recorded_at } in requests {
        sqlx::query("insert into request_results (request_id, digest, answer, recorded_at) values (?, ?, ?, ?)")
            .bind(request.id.0)
            .bind(request.digest.as_bytes().as_slice())
            .bind(json(answer)?)
            .bind(recorded_at.micros())
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}

fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| corrupt(OPERATION, error.to_string()))
}
