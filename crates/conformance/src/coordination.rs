//! What agents that work together say: the types of their events, and what the payloads of these name.

use god33_domain::EventId;

use super::EventStory;

/// Types of events by what they are mostly about: workflows, handoffs, sessions, questions, collaborations, tasks over several services, and
/// the registry.
pub const FAMILIES: [&[&str]; 7] = [
    &[
        "bmad.workflow.started",
        "bmad.workflow.phase.completed",
        "bmad.workflow.handoff.requested",
        "bmad.workflow.completed",
        "bmad.workflow.failed",
        "agent.handoff.accepted",
        "agent.letta.checkpoint.saved",
        "agent.letta.task.completed",
        "agent.agno.checkpoint.saved",
        "fireflies.transcriptReady",
    ],
    &[
        "agent.handoff.requested",
        "bmad.workflow.handoff.requested",
        "agent.handoff.offered",
        "agent.handoff.accepted",
        "agent.handoff.declined",
        "agent.handoff.progress",
        "agent.handoff.blocked",
        "agent.handoff.unblocked",
        "agent.handoff.completed",
        "agent.handoff.failed",
        "agent.handoff.expired",
        "agent.handoff.cancelled",
        "agent.letta.task.blocked",
        "agent.letta.task.resumed",
        "agent.letta.task.completed",
        "agent.letta.task.failed",
        "agent.letta.session.failed",
        "agent.letta.session.recovery.started",
    ],
    &[
        "agent.letta.session.started",
        "agent.letta.session.paused",
        "agent.letta.session.resumed",
        "agent.letta.session.completed",
        "agent.letta.session.failed",
        "agent.letta.session.recovery.started",
        "agent.letta.checkpoint.saved",
        "agent.letta.checkpoint.pinned",
        "agent.letta.checkpoint.unpinned",
        "agent.letta.checkpoint.deleted",
        "agent.letta.context.updated",
        "agent.letta.context.restored",
        "agent.handoff.accepted",
        "agent.feedback.requested",
        "agent.letta.task.resumed",
    ],
    &[
        "agent.feedback.requested",
        "agent.feedback.response",
        "agent.feedback.delegated",
        "agent.feedback.escalated",
        "agent.feedback.expired",
        "agent.feedback.cancelled",
        "agent.letta.session.started",
        "agent.letta.session.recovery.started",
        "agent.letta.context.updated",
    ],
    &[
        "agent.collaboration.started",
        "agent.collaboration.participant.joined",
        "agent.collaboration.participant.left",
        "agent.collaboration.update",
        "agent.collaboration.context.updated",
        "agent.collaboration.proposal.created",
        "agent.collaboration.proposal.voted",
        "agent.collaboration.proposal.decided",
        "agent.collaboration.deadlock.detected",
        "agent.collaboration.completed",
        "agent.collaboration.failed",
        "agent.handoff.requested",
        "agent.handoff.completed",
        "agent.feedback.requested",
        "agent.feedback.response",
    ],
    &[
        "director.cross-service.task.created",
        "director.cross-service.task.completed",
        "director.cross-service.task.failed",
        "director.cross-service.task.cancelled",
        "director.mise.standardization.requested",
        "director.service.delegation.requested",
        "director.service.delegation.failed",
        "mise.pattern.defined",
        "mise.validation.requested",
        "mise.validation.completed",
        "agent.handoff.accepted",
        "agent.letta.task.completed",
        "agent.letta.task.failed",
    ],
    &[
        "agent.registry.type.registered",
        "agent.registry.agent.created",
        "agent.registry.agent.state.changed",
        "agent.registry.task.assigned",
        "agent.letta.session.started",
        "agent.handoff.accepted",
        "agent.letta.task.completed",
    ],
];

/// Members that name the thing that an event is about.
pub const THINGS: [&str; 9] = [
    "handoff_id",
    "question_id",
    "collaboration_id",
    "task_id",
    "delegation_id",
    "checkpoint_id",
    "proposal_id",
    "pattern_id",
    "released_id",
];

/// Members that name a session beside the one that an event is of.
pub const SESSIONS: [&str; 3] = ["new_session_id", "failed_session_id", "previous_session_id"];

/// Members that name an agent, a type of agents or a person.
pub const AGENTS: [&str; 10] = [
    "from_agent",
    "to_agent",
    "agent_id",
    "agent_type",
    "agent_instance_id",
    "initiator_agent",
    "answered_by",
    "assignee",
    "escalate_to",
    "cancelled_by",
];

/// Other members with values of the kind that the contract knows, and now and then of none.
pub const WORDS: [(&str, &[&str]); 31] = [
    ("blocking", &["true", "false", "\"yes\""]),
    ("context", &["{\"requirements\":{\"number\":9007199254740993}}", "[1]"]),
    ("context_delta", &["{\"focus\":\"tests\"}", "null"]),
    ("context_tokens", &["120000", "-1", "1e400"]),
    ("coordination_strategy", &["\"hierarchical\"", "\"peer\"", "\"other\""]),
    (
        "cycle",
        &["[{\"agent_id\":\"agent-0\",\"waits_for\":\"agent-1\",\"kind\":\"question\",\"id\":\"thing-0\"}]", "[]"],
    ),
    ("deadline", &["\"2026-01-12T00:00:00Z\"", "\"2026-01-11T00:00:00.5+01:00\"", "\"soon\""]),
    ("decision", &["\"yes\"", "\"no\"", "\"\""]),
    ("default_answer", &["\"yes\"", "7"]),
    ("delivered", &["true", "false"]),
    ("failure_reason", &["\"no budget\"", "{}"]),
    ("fencing_token", &["1", "2", "9", "-1"]),
    ("final", &["true", "false"]),
    ("key", &["\"schema\"", "\"owner\"", "\"a\\u0000b\""]),
    ("lease_seconds", &["60", "0.5", "-3", "\"60\""]),
    ("max_attempts", &["1", "3", "0"]),
    ("options", &["[\"yes\",\"no\"]", "[]", "\"yes\""]),
    ("participants", &["[{\"agent_id\":\"agent-0\",\"role\":\"api\"},{\"agent_id\":\"agent-1\"}]", "[7]"]),
    ("passed", &["true", "false"]),
    ("priority", &["\"critical\"", "4", "\"whatever\""]),
    ("progress_pct", &["40", "99.5", "\"40\""]),
    ("quorum", &["1", "2", "0"]),
    ("reason", &["\"out of tokens\"", "\"\\ud800\""]),
    ("service", &["\"billing\"", "\"users\"", "\"mail\""]),
    (
        "services",
        &["[{\"service\":\"billing\"},{\"service\":\"users\",\"depends_on\":[\"billing\"]}]", "[\"billing\"]"],
    ),
    ("stall_seconds", &["1", "30"]),
    ("state", &["\"idle\"", "\"busy\"", "3"]),
    ("target_services", &["[\"billing\",\"users\"]", "{}"]),
    ("to_kind", &["\"type\"", "\"instance\"", "\"capability\""]),
    ("value", &["{\"a\":[1,2.50]}", "null", "\"text\""]),
    ("vote", &["\"yes\"", "\"no\""]),
];

/// The same event, naming a thing: one of a few that many name, or one that another event asked for and that has its id.
pub fn naming(story: EventStory, member: usize, number: usize, other: EventId) -> EventStory {
    let name = if number < 3 { format!("thing-{number}") } else { other.to_string() };
    story.saying(THINGS[member % THINGS.len()], name)
}

/// The same event, with a member that says something else. The text of its value is one of a few.
pub fn telling(story: EventStory, member: usize, number: usize) -> EventStory {
    let (sessions, agents) = (SESSIONS.len(), AGENTS.len());
    match member % (sessions + agents + WORDS.len()) {
        at if at < sessions => story.saying(SESSIONS[at], format!("s-{}", number % 3)),
        at if at < sessions + agents => story.saying(AGENTS[at - sessions], format!("agent-{}", number % 3)),
        at => {
            let (name, values) = WORDS[at - sessions - agents];
            story.saying_json(name, values[number % values.len()])
        }
    }
}

/// How many members [`telling`] knows.
pub const TOLD: usize = SESSIONS.len() + AGENTS.len() + WORDS.len();
