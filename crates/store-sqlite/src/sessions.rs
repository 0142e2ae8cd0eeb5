//! What is known of sessions.

use god33_domain::ports::StoreError;
use god33_domain::{AgentId, SessionId, SessionLink, WorkflowId};
use sqlx::sqlite::SqliteRow;

use crate::SqliteStore;
use crate::error::{corrupt, failed};
use crate::row::Columns;

pub(crate) async fn session_links(
    store: &SqliteStore,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<SessionLink>, StoreError> {
    const OPERATION: &str = "list sessions";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = "select session_id, workflow_id, agent from sessions where session_id > ?1 order by session_id limit ?2";
    let rows = sqlx::query(sql)
        // No id is empty, so every id comes after the empty text.
        .bind(after.unwrap_or_default())
        .bind(crate::row::limit(limit))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    rows.iter().map(|row| link(row, OPERATION)).collect()
}

/// Reads `session_id, workflow_id, agent`.
pub(crate) fn link(row: &SqliteRow, operation: &'static str) -> Result<SessionLink, StoreError> {
    let mut columns = Columns::of(row, operation);
    let session_id = columns.label(SessionId::parse)?.ok_or_else(|| corrupt(operation, "a session without an id"))?;
    Ok(SessionLink {
        session_id,
        workflow_id: columns.label(WorkflowId::parse)?,
        agent: columns.label(AgentId::parse)?,
    })
}
