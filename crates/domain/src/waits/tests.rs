#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};

use super::*;
use crate::command::Author;
use crate::feedback::{AnswerFeedback, CancelFeedback, DelegateFeedback, Question, QuestionState, RequestFeedback};
use crate::handoff::{BlockHandoff, CreateHandoff, Handoff, HandoffState};
use crate::state::{Noun, State};
use crate::testing::{EventStory, MemoryLog, event};
use crate::{Appended, JsonText};

mod deadlock;
mod dissolved;
mod edges;

/// Nobody waits for anybody.
const NOBODY: [&str; 0] = [];

fn author() -> Author {
    Author { principal: "jarad".into(), ..Author::server() }
}

/// A session of an instance that goes by its own name.
fn started(instance: &str) -> EventStory {
    let story = event("agent.letta.session.started").in_session(&session(instance));
    story.saying("agent_type", "letta-dev").saying("agent_instance_id", instance)
}

fn session(instance: &str) -> String {
    format!("session-of-{instance}")
}

/// An agent asks a question of another and waits.
fn asks(agent: &str, question: &str, assignee: &str) -> RequestFeedback {
    let feedback =
        json!({"question": "?", "question_id": question, "session_id": session(agent), "assignee": assignee});
    RequestFeedback { author: author(), feedback: JsonText::of(&feedback).unwrap() }
}

/// An agent asks a peer for work in the log, and waits.
fn hands_over(agent: &str, handoff: &str, to: &str) -> EventStory {
    let story = event("agent.handoff.requested").saying("handoff_id", handoff).saying("from_agent", "letta-dev");
    story.in_session(&session(agent)).saying("to_agent", to)
}

fn accepts(agent: &str, handoff: &str) -> EventStory {
    let story = event("agent.handoff.accepted").saying("handoff_id", handoff).in_session(&session(agent));
    story.saying("agent_instance_id", agent)
}

fn about(event_type: &str, handoff: &str) -> EventStory {
    event(event_type).saying("handoff_id", handoff)
}

/// Agents with a session each.
fn agents(instances: &[&str]) -> MemoryLog {
    let mut log = MemoryLog::default();
    instances.iter().for_each(|instance| {
        log.record([&started(instance)]);
    });
    log
}

/// Who waits for whom, as `agent kind id agent`.
fn edges(log: &MemoryLog) -> Vec<String> {
    let waits = log.states.values().filter_map(|state| match state {
        State::Waits(waits) => Some(waits),
        _ => None,
    });
    let edge = |wait: &Wait| format!("{} {} {} {}", wait.agent_id, wait.kind, wait.id, wait.waits_for);
    waits.flat_map(|waits| waits.waits.iter().map(edge)).collect()
}

/// What a command recorded: type and payload of each event.
fn told(log: &MemoryLog, answer: &Appended) -> Vec<(String, Value)> {
    let events = answer.events.iter().map(|event| &log.get(&event.event_id).envelope);
    events.map(|envelope| (envelope.event_type.as_str().to_owned(), envelope.payload.read().unwrap())).collect()
}

fn causes(log: &MemoryLog, answer: &Appended, nth: usize) -> Vec<EventId> {
    log.get(&answer.events[nth].event_id).envelope.correlation_ids.clone()
}
