//! Sessions that learned something.

use god33_domain::ports::StoreError;
use god33_domain::{AgentId, SessionLink, WorkflowId};
use sqlx::PgConnection;

use crate::error::Doing;

/// Writes them whole.
pub(super) async fn upsert(connection: &mut PgConnection, sessions: &[SessionLink]) -> Result<(), StoreError> {
    if sessions.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into sessions (session_id, workflow_id, agent) select * from unnest($1::text[], $2::text[], $3::text[])
         on conflict (session_id) do update set workflow_id = excluded.workflow_id, agent = excluded.agent",
    )
    .bind(sessions.iter().map(|session| session.session_id.as_str()).collect::<Vec<&str>>())
    .bind(sessions.iter().map(|s| s.workflow_id.as_ref().map(WorkflowId::as_str)).collect::<Vec<Option<&str>>>())
    .bind(sessions.iter().map(|s| s.agent.as_ref().map(AgentId::as_str)).collect::<Vec<Option<&str>>>())
    .execute(connection)
    .await
    .doing("record sessions")?;
    Ok(())
}
