//! Agents, their types and their pools, for people.

use god33_proto::v1::{Agent, AgentPool, AgentType, GetAgentCheckpointResponse};
use god33_service::text::open_object_text;

use crate::cli::arguments::word;
use crate::cli::print::{one_line, or_dash, shell_word, time};
use crate::cli::table::{Sheet, dim, name, state};

/// One type on a line.
pub(super) fn type_line(agent_type: &AgentType) -> String {
    format!(
        "{}  {}  {}  {}",
        name(&agent_type.agent_type),
        or_dash(&agent_type.framework),
        or_dash(&agent_type.capabilities.join(", ")),
        dim(&warm(agent_type)),
    )
}

/// One type, whole.
pub(super) fn whole_type(agent_type: &AgentType) -> String {
    Sheet::new("type", &agent_type.agent_type)
        .text("for", &agent_type.description)
        .text("runs on", &agent_type.framework)
        .text("can", &agent_type.capabilities.join(", "))
        .text("pool", &warm(agent_type))
        .text("payloads", &agent_type.payload_versions.join(", "))
        .text("reads", &agent_type.checkpoint_schema_versions.join(", "))
        .texts("more", agent_type.metadata.iter().map(open_object_text))
        .finish()
}

/// How large the pool of a type should be.
pub(super) fn warm(agent_type: &AgentType) -> String {
    match agent_type.max_instances {
        0 => format!("{} warm", agent_type.desired_warm),
        most => format!("{} warm, {most} at most", agent_type.desired_warm),
    }
}

/// One agent on a line.
pub(super) fn line(agent: &Agent) -> String {
    format!(
        "{}  {}  {}  {}  {}",
        one_line(&agent.agent_id),
        state(agent.state(), 8),
        name(&agent.instance_id),
        or_dash(&agent.name),
        dim(&format!("{} open, heard of {}", agent.open_task_ids.len(), time(agent.last_active_at.as_ref()))),
    )
}

/// One agent, whole.
pub(super) fn whole(agent: &Agent) -> String {
    Sheet::new(&agent.instance_id, &agent.agent_id)
        .text("name", &agent.name)
        .text("type", &agent.agent_type)
        .state("state", agent.state())
        .text("session", &agent.session_id)
        .text("saved", &agent.checkpoint_id)
        .texts("task", agent.open_task_ids.iter().cloned())
        .texts("server", agent.mcp_servers.iter().cloned())
        .texts("prompt", agent.system_prompt.lines().map(str::to_owned))
        .texts("began", agent.initial_context.iter().map(open_object_text))
        .time("created", agent.created_at.as_ref())
        .time("heard of", agent.last_active_at.as_ref())
        .text("version", &agent.version.to_string())
        .finish()
}

/// What to look at next: the newest of what the agent saved, or its kind.
pub(super) fn next(agent: &Agent) -> String {
    if agent.checkpoint_id.is_empty() {
        return format!("its type: god33 agents type {}", shell_word(&agent.agent_type));
    }
    format!("where it stood last: god33 agents checkpoint {}", shell_word(&agent.agent_id))
}

/// One pool on a line.
pub(super) fn pool(pool: &AgentPool) -> String {
    let all = [
        ("starting", pool.starting),
        ("idle", pool.idle),
        ("busy", pool.busy),
        ("draining", pool.draining),
        ("failed", pool.failed),
    ];
    let counts = all.iter().map(|(state, count)| format!("{count} {state}")).collect::<Vec<_>>().join(", ");
    let most = if pool.max_instances == 0 { String::new() } else { format!(" of {} at most", pool.max_instances) };
    let waits = match (pool.waiting_handoffs, &pool.oldest_waiting) {
        (0, _) => String::new(),
        (count, Some(age)) => format!("  {count} handoffs wait, the oldest for {} s", age.seconds),
        (count, None) => format!("  {count} handoffs wait"),
    };
    format!("{}  {counts}  {}{waits}", name(&pool.agent_type), dim(&format!("{} warm wanted{most}", pool.desired_warm)))
}

/// One checkpoint of an agent, with its memory.
pub(super) fn checkpoint(answer: &GetAgentCheckpointResponse) -> String {
    let saved = answer.checkpoint.clone().unwrap_or_default();
    let stands = answer.context.clone().unwrap_or_default();
    let memory = match (&answer.memory_snapshot, &saved.snapshot) {
        (Some(memory), _) => open_object_text(memory),
        (None, Some(snapshot)) => format!("{} bytes: download the snapshot", snapshot.size),
        (None, None) => "none was saved".into(),
    };
    Sheet::new(&saved.summary, &answer.checkpoint_id)
        .text("type", &word(saved.checkpoint_type()))
        .text("session", &saved.session_id)
        .text("workflow", &saved.workflow_id)
        .time("saved", answer.created_at.as_ref())
        .text("focus", &stands.current_focus)
        .text("next", &stands.next_steps)
        .texts("file", stands.files_modified)
        .text("memory", &memory)
        .finish()
}

#[cfg(test)]
mod tests {
    use prost_types::Duration;

    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn a_pool_is_told_with_what_waits_for_it() {
        let mut shown = AgentPool { agent_type: "letta-python-dev".into(), desired_warm: 10, ..AgentPool::default() };
        shown.idle = 8;
        let text = plain(&pool(&shown));
        assert_eq!(text, "letta-python-dev  0 starting, 8 idle, 0 busy, 0 draining, 0 failed  10 warm wanted");
        shown.max_instances = 12;
        shown.waiting_handoffs = 2;
        shown.oldest_waiting = Some(Duration { seconds: 4, nanos: 0 });
        assert!(plain(&pool(&shown)).ends_with("10 warm wanted of 12 at most  2 handoffs wait, the oldest for 4 s"));
    }

    #[test]
    fn an_agent_is_shown_line_by_line() {
        let agent = Agent {
            instance_id: "letta-1".into(),
            agent_id: "a-1".into(),
            system_prompt: "be kind\n\u{1b}[2Jand exact".into(),
            ..Agent::default()
        };
        let text = plain(&whole(&agent));
        assert!(text.starts_with("letta-1  a-1\n"), "{text}");
        assert!(text.contains("prompt   be kind\nprompt    [2Jand exact\n"), "{text}");
    }

    #[test]
    fn a_checkpoint_says_where_its_memory_is() {
        let text = plain(&checkpoint(&GetAgentCheckpointResponse::default()));
        assert!(text.contains("memory   none was saved\n"), "{text}");
    }
}
