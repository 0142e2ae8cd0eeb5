//! What a command does whose wait closes a cycle: the cycle is recorded, and people are asked, or the new wait is given up.

use serde_json::{Value, json};

use super::{QUESTION, Wait, cycle_closed_by};
use crate::collaboration::Collaboration;
use crate::command::{Payload, SERVER, Script, View};
use crate::{EventId, Refusal};

const NOTIFY_PERSON: &str = "notify-person";
const RELEASE_YOUNGEST: &str = "release-youngest";

/// Looks whether a wait that the script has just recorded closes a cycle, and if so records what follows.
///
/// # Errors
/// None of its own: a deadlock refuses nothing.
pub(crate) fn resolve(script: &mut Script<'_>, view: &View<'_>, new: &Wait) -> Result<(), Refusal> {
    let Some(cycle) = cycle_closed_by(view, new) else { return Ok(()) };
    script.speaking_for_the_server();
    let shared = shared_collaboration(&cycle);
    let releases = policy(view, shared) == RELEASE_YOUNGEST;
    let payload = Payload::new()
        .with_some("collaboration_id", shared)
        .with("cycle", cycle.iter().map(told).collect::<Vec<_>>())
        .with("policy", if releases { RELEASE_YOUNGEST } else { NOTIFY_PERSON })
        .with_some("released_id", releases.then_some(&new.id));
    let causes: Vec<EventId> = cycle.iter().map(|wait| wait.event_id).collect();
    let detected = script.record("agent.collaboration.deadlock.detected", causes, payload)?;
    if releases { release(script, new, &cycle, detected) } else { ask_people(script, &cycle, detected) }
}

/// The collaboration in which all of them wait.
fn shared_collaboration(cycle: &[Wait]) -> Option<&str> {
    let first = cycle.first()?.collaboration_id.as_deref()?;
    cycle.iter().all(|wait| wait.collaboration_id.as_deref() == Some(first)).then_some(first)
}

fn policy<'a>(view: &View<'a>, collaboration: Option<&str>) -> &'a str {
    let collaboration: Option<&Collaboration> = collaboration.and_then(|id| view.get(id));
    collaboration.map_or(NOTIFY_PERSON, |collaboration| &collaboration.deadlock_policy)
}

/// A wait as the contract has it.
fn told(wait: &Wait) -> Value {
    let Wait { agent_id, waits_for, kind, id, since, .. } = wait;
    json!({"agent_id": agent_id, "waits_for": waits_for, "kind": kind, "id": id, "since": since})
}

fn release(script: &mut Script<'_>, new: &Wait, cycle: &[Wait], detected: EventId) -> Result<(), Refusal> {
    let round: Vec<&str> = cycle.iter().chain(cycle.first()).map(|wait| wait.agent_id.as_str()).collect();
    let (event_type, id) = match new.kind.as_str() {
        QUESTION => ("agent.feedback.cancelled", "question_id"),
        _ => ("agent.handoff.cancelled", "handoff_id"),
    };
    let payload = Payload::new()
        .with(id, &new.id)
        .with("cancelled_by", SERVER)
        .with("reason", format!("deadlock: {}", round.join(" -> ")));
    script.record(event_type, [detected], payload)?;
    Ok(())
}

/// Asks which of the waits is to end; the answer ends it.
fn ask_people(script: &mut Script<'_>, cycle: &[Wait], detected: EventId) -> Result<(), Refusal> {
    let mut options: Vec<&str> = Vec::new();
    for wait in cycle {
        // Who asked for work and who is blocked in it may both wait with the same handoff.
        if !options.contains(&wait.id.as_str()) {
            options.push(&wait.id);
        }
    }
    let payload = Payload::new()
        .with("question_id", script.next_event_id())
        .with("from_agent", SERVER)
        .with("question", format!("{}. Which of these waits shall end?", sentence(cycle)))
        .with("context", json!({"cycle": cycle.iter().map(told).collect::<Vec<_>>()}))
        .with("blocking", false)
        .with("options", options)
        .with("priority", "high")
        .with("deadlock", true);
    script.record("agent.feedback.requested", [detected], payload)?;
    Ok(())
}

fn sentence(cycle: &[Wait]) -> String {
    let waits =
        cycle.iter().map(|wait| format!("{} waits for {} ({} {})", wait.agent_id, wait.waits_for, wait.kind, wait.id));
    format!("Agents wait for each other: {}", waits.collect::<Vec<_>>().join(", "))
}
