//! Earlier events that turned out to belong somewhere.

use chrono::{DateTime, Utc};
use god33_domain::plan::LateBelonging;
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, SessionId, WorkflowId};

use super::events::about;
use super::statement::{Columns, Statement};
use crate::time::floor;

/// Fills in their workflows, sessions and agents. The time names the partition.
pub(super) fn update(statement: &mut Statement, late: &[LateBelonging]) -> Result<(), StoreError> {
    if late.is_empty() {
        return Ok(());
    }
    let about = late.iter().map(|late| about(&late.belonging)).collect::<Result<Vec<_>, _>>()?;
    let belongings = || late.iter().map(|late| &late.belonging);
    statement.part("filled_in", |sql| {
        sql.push(
            "update events e set workflow_id = l.workflow_id, session_id = l.session_id, agent = l.agent, about = l.about::json
             from head, ",
        );
        Columns::of(sql)
            .column("bigint", late.iter().map(|late| late.position.as_i64()).collect::<Vec<i64>>())
            .column("timestamptz", late.iter().map(|late| floor(late.recorded_at)).collect::<Vec<DateTime<Utc>>>())
            .column("text", belongings().map(|b| b.workflow_id.as_ref().map(WorkflowId::as_str)).collect::<Vec<_>>())
            .column("text", belongings().map(|b| b.session_id.as_ref().map(SessionId::as_str)).collect::<Vec<_>>())
            .column("text", belongings().map(|b| b.agent.as_ref().map(AgentId::as_str)).collect::<Vec<_>>())
            .column("text", about)
            .then(
                " as l(position, recorded_at, workflow_id, session_id, agent, about)
                 where e.position = l.position and e.recorded_at = l.recorded_at",
            );
    });
    Ok(())
}
