//! Earlier events that turned out to belong somewhere.

use chrono::{DateTime, Utc};
use god33_domain::plan::LateBelonging;
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, SessionId, WorkflowId};
use sqlx::PgConnection;

use super::events::about;
use crate::error::Doing;
use crate::time::floor;

/// Fills in their workflows, sessions and agents. The time names the partition.
pub(super) async fn update(connection: &mut PgConnection, late: &[LateBelonging]) -> Result<(), StoreError> {
    if late.is_empty() {
        return Ok(());
    }
    let about = late.iter().map(|late| about(&late.belonging)).collect::<Result<Vec<_>, _>>()?;
    let belongings = || late.iter().map(|late| &late.belonging);
    sqlx::query(
        "update events e set workflow_id = l.workflow_id, session_id = l.session_id, agent = l.agent, about = l.about::json
         from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[])
              as l(position, recorded_at, workflow_id, session_id, agent, about)
         where e.position = l.position and e.recorded_at = l.recorded_at",
    )
    .bind(late.iter().map(|late| late.position.as_i64()).collect::<Vec<i64>>())
    .bind(late.iter().map(|late| floor(late.recorded_at)).collect::<Vec<DateTime<Utc>>>())
    .bind(belongings().map(|b| b.workflow_id.as_ref().map(WorkflowId::as_str)).collect::<Vec<Option<&str>>>())
    .bind(belongings().map(|b| b.session_id.as_ref().map(SessionId::as_str)).collect::<Vec<Option<&str>>>())
    .bind(belongings().map(|b| b.agent.as_ref().map(AgentId::as_str)).collect::<Vec<Option<&str>>>())
    .bind(about)
    .execute(connection)
    .await
    .doing("fill in where events belong")?;
    Ok(())
}
