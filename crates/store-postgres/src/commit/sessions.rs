//! Sessions that learned something.

use god33_domain::{AgentId, SessionLink, WorkflowId};

use super::statement::{Columns, Statement};

/// Writes them whole.
pub(super) fn upsert(statement: &mut Statement, sessions: &[SessionLink]) {
    if sessions.is_empty() {
        return;
    }
    statement.part("linked", |sql| {
        sql.push("insert into sessions (session_id, workflow_id, agent) select n.* from ");
        Columns::of(sql)
            .column("text", sessions.iter().map(|session| session.session_id.as_str()).collect::<Vec<_>>())
            .column("text", sessions.iter().map(|s| s.workflow_id.as_ref().map(WorkflowId::as_str)).collect::<Vec<_>>())
            .column("text", sessions.iter().map(|s| s.agent.as_ref().map(AgentId::as_str)).collect::<Vec<_>>())
            .then(
                " n cross join head
                 on conflict (session_id) do update set workflow_id = excluded.workflow_id, agent = excluded.agent",
            );
    });
}
