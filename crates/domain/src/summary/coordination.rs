//! Lines for what planners, the Director and groups do: workflows, handoffs, questions, collaborations, cross-service work.

use super::words::{Words, capital};

pub(super) fn line(kind: &str, words: &Words<'_>) -> Option<String> {
    let line = match kind {
        "bmad.workflow.started" => "Workflow initiated".to_owned(),
        "bmad.workflow.phase.completed" => words.with(&phase(words, "completed"), &["summary"]),
        "bmad.workflow.phase.skipped" => words.with(&phase(words, "skipped"), &["reason"]),
        "bmad.workflow.validation.requested" => {
            words.linked("Validation requested", "of the work of", &["target_agent"], &["criteria"])
        }
        "bmad.workflow.validation.completed" => words.with(verdict(words), &["summary"]),
        "bmad.workflow.completed" => words.with("Workflow completed", &["summary"]),
        "bmad.workflow.failed" => words.because("Workflow failed"),
        "bmad.workflow.cancelled" => words.by_because("Workflow cancelled", &["cancelled_by"]),
        _ => return handoff(kind, words).or_else(|| feedback(kind, words)).or_else(|| group(kind, words)),
    };
    Some(line)
}

const AGENT: &[&str] = &["agent_instance_id", "from_agent", "agent_id", "agent_name", "agent"];

fn phase(words: &Words<'_>, how: &str) -> String {
    let name = words.text(&["phase"]).unwrap_or_default();
    capital(format!("{name} phase {how}").trim_start())
}

fn verdict(words: &Words<'_>) -> &'static str {
    match words.flag("passed") {
        Some(true) => "Validation passed",
        Some(false) => "Validation failed",
        None => "Validation completed",
    }
}

fn handoff(kind: &str, words: &Words<'_>) -> Option<String> {
    let task = &["task_description", "task", "task_type"];
    let line = match kind {
        "bmad.workflow.handoff.requested" | "agent.handoff.requested" => {
            words.linked("Handoff requested", "to", &["to_agent", "to"], task)
        }
        "agent.handoff.offered" => words.linked_because(&offered(words), "to", &["to_agent"]),
        "agent.handoff.accepted" => words.by("Handoff accepted", AGENT, &[]),
        "agent.handoff.declined" => words.by_because("Handoff declined", AGENT),
        "agent.handoff.expired" => words.because("Handoff expired"),
        "agent.handoff.cancelled" => words.by_because("Handoff cancelled", &["cancelled_by"]),
        "agent.handoff.progress" => words.with(&progress("Work in progress", words), &["summary"]),
        "agent.handoff.blocked" => words.with("Work blocked", &["reason", "needs"]),
        "agent.handoff.unblocked" => words.by("Work unblocked", &["unblocked_by"], &["resolution"]),
        "agent.handoff.completed" => words.with("Handoff completed", &["summary"]),
        "agent.handoff.failed" => words.because(&failed(words)),
        _ => return None,
    };
    Some(line)
}

fn offered(words: &Words<'_>) -> String {
    match words.count("attempt") {
        Some(attempt) if attempt > 1 => format!("Work offered again (attempt {attempt})"),
        _ => "Work offered".to_owned(),
    }
}

/// An attempt that failed may be followed by another one.
fn failed(words: &Words<'_>) -> String {
    match (words.flag("final"), words.count("attempt")) {
        (Some(false), Some(attempt)) => format!("Attempt {attempt} failed"),
        _ => "Handoff failed".to_owned(),
    }
}

fn progress(lead: &str, words: &Words<'_>) -> String {
    match words.number("progress_pct") {
        Some(percent) => format!("{lead} ({percent} %)"),
        None => lead.to_owned(),
    }
}

fn feedback(kind: &str, words: &Words<'_>) -> Option<String> {
    let line = match kind {
        "agent.feedback.requested" => words.by("Question asked", AGENT, &["question", "message"]),
        "agent.feedback.response" => words.linked(
            "Question answered",
            "by",
            &["answered_by", "from"],
            &["decision", "response", "error_message"],
        ),
        "agent.feedback.cancelled" => words.by_because("Question withdrawn", &["cancelled_by"]),
        "agent.feedback.expired" => "Question expired without an answer".to_owned(),
        "agent.feedback.delegated" => words.linked_because("Question passed on", "to", &["assignee"]),
        "agent.feedback.escalated" => words.linked("Question escalated", "to", &["assignee"], &[]),
        _ => return None,
    };
    Some(line)
}

fn group(kind: &str, words: &Words<'_>) -> Option<String> {
    let line = match kind.strip_prefix("agent.collaboration.") {
        Some("started") => words.by("Collaboration started", &["initiator_agent", "from_agent"], &["goal"]),
        Some("participant.joined") => words.linked(&member(words, "joined"), "as", &["role"], &[]),
        Some("participant.left") => words.because(&member(words, "left")),
        Some("update") => words.by(&update(words), AGENT, &["summary"]),
        Some("context.updated") => words.by("Shared context changed", AGENT, &["key"]),
        Some("proposal.created") => words.by("Proposal made", AGENT, &["proposal"]),
        Some("proposal.voted") => words.by("Vote cast", AGENT, &["vote"]),
        Some("proposal.decided") => match words.text(&["decision"]) {
            Some(decision) => format!("Proposal decided: {decision}"),
            None => "Proposal ended without a decision".to_owned(),
        },
        Some("deadlock.detected") => match words.list("cycle", "agent_id") {
            Some(agents) => format!("Deadlock detected: {agents}"),
            None => "Deadlock detected".to_owned(),
        },
        Some("completed") => words.with("Collaboration completed", &["summary", "outcome"]),
        Some("failed") => words.because("Collaboration failed"),
        _ => return cross_service(kind, words),
    };
    Some(line)
}

fn update(words: &Words<'_>) -> String {
    let delivered = words.flag("delivered") == Some(true);
    if delivered { "Result delivered".to_owned() } else { progress("Collaboration update", words) }
}

fn member(words: &Words<'_>, how: &str) -> String {
    let who = words.actor(AGENT).unwrap_or_else(|| "A participant".to_owned());
    format!("{who} {how} the collaboration")
}

fn cross_service(kind: &str, words: &Words<'_>) -> Option<String> {
    let line = match kind {
        "director.cross-service.task.created" => {
            words.with("Cross-service task created", &["goal", "task_description"])
        }
        "director.cross-service.task.completed" => words.with("Cross-service task completed", &["summary", "outcome"]),
        "director.cross-service.task.failed" => words.because("Cross-service task failed"),
        "director.cross-service.task.cancelled" => words.by_because("Cross-service task cancelled", &["cancelled_by"]),
        "director.mise.standardization.requested" => match words.list("target_services", "service") {
            Some(services) => format!("Standard mise tasks requested for {services}"),
            None => "Standard mise tasks requested".to_owned(),
        },
        "director.service.delegation.requested" => delegation(words),
        "director.service.delegation.failed" => words.linked_because("Delegation failed", "for", &["service"]),
        "mise.pattern.defined" => words.by("Mise pattern defined", &["from_agent"], &["name"]),
        "mise.validation.requested" => words.by("Mise validation requested", &["from_agent"], &["validates"]),
        "mise.validation.completed" => words.with(verdict(words), &["summary", "validates"]),
        "agent.registry.type.registered" => words.with("Agent type registered", &["agent_type"]),
        "agent.registry.agent.created" => words.with("Agent created", &["name", "instance_id", "agent_type"]),
        "agent.registry.agent.state.changed" => words.linked_because("Agent changed its state", "to", &["state"]),
        "agent.registry.task.assigned" => words.with("Task assigned", &["description", "task_type"]),
        _ => return None,
    };
    Some(line)
}

fn delegation(words: &Words<'_>) -> String {
    let service = words.text(&["service"]).unwrap_or_else(|| "A service".to_owned());
    words.linked(&format!("{service} delegated"), "to", &["to_agent", "to"], &["task_description"])
}
