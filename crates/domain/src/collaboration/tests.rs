#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::{Value, json};

use super::*;
use crate::command::Author;
use crate::state::StateKind;
use crate::testing::{EventStory, MemoryLog, Named, event};
use crate::{Appended, Refusal};

mod bus;
mod context;
mod ends;
mod membership;
mod pattern_two;
mod table;
mod votes;

const ID: &str = "7d0e2c4a-1b3f-4a5c-9d8e-0f1a2b3c4d5e";
const DIRECTOR: &str = "director-of-engineering";

fn author() -> Author {
    Author { principal: "jarad".into(), ..Author::server() }
}

fn json_text(value: &Value) -> JsonText {
    JsonText::of(value).unwrap()
}

/// A collaboration of an architect who leads and two who implement, with further words.
fn start_with(words: Value) -> StartCollaboration {
    let mut said = json!({
        "collaboration_id": ID, "initiator_agent": DIRECTOR, "goal": "Standardize mise tasks",
        "participants": [
            {"agent_id": "mise-architect", "role": "orchestrator"},
            {"agent_id": "letta-python-dev", "role": "implementer", "responsibilities": ["service-a"]},
            {"agent_id": "letta-rust-dev", "role": "implementer"},
        ],
    });
    let words = words.as_object().unwrap().clone();
    said.as_object_mut().unwrap().extend(words);
    StartCollaboration { author: author(), collaboration: json_text(&said) }
}

fn join(agent: &str) -> JoinCollaboration {
    let participant = json_text(&json!({"agent_id": agent}));
    JoinCollaboration { author: author(), collaboration_id: ID.into(), participant }
}

fn leave(agent: &str) -> LeaveCollaboration {
    LeaveCollaboration { author: author(), collaboration_id: ID.into(), agent_id: agent.into(), reason: None }
}

fn update(agent: &str, words: Value) -> UpdateCollaboration {
    let mut said = json!({"agent_id": agent});
    said.as_object_mut().unwrap().extend(words.as_object().unwrap().clone());
    UpdateCollaboration { author: author(), collaboration_id: ID.into(), update: json_text(&said) }
}

fn deliver(agent: &str) -> UpdateCollaboration {
    update(agent, json!({"delivered": true, "result": {"service": agent}}))
}

fn set(agent: &str, changes: &[(&str, Value, Option<u64>)]) -> SetSharedContext {
    let change = |(key, value, expected_version): &(&str, Value, Option<u64>)| ContextChange {
        key: (*key).into(),
        value: json_text(value),
        expected_version: *expected_version,
    };
    SetSharedContext {
        author: author(),
        collaboration_id: ID.into(),
        agent_id: agent.into(),
        changes: changes.iter().map(change).collect(),
    }
}

const PROPOSAL: &str = "0190a1b2-0000-7000-8000-000000000009";

fn propose(agent: &str, words: Value) -> CreateProposal {
    let mut said = json!({"agent_id": agent, "proposal_id": PROPOSAL, "proposal": "Use just instead?"});
    said.as_object_mut().unwrap().extend(words.as_object().unwrap().clone());
    CreateProposal { author: author(), collaboration_id: ID.into(), proposal: json_text(&said) }
}

fn vote(agent: &str, vote: &str) -> Vote {
    Vote {
        author: author(),
        collaboration_id: ID.into(),
        proposal_id: PROPOSAL.into(),
        vote: json_text(&json!({"agent_id": agent, "vote": vote})),
    }
}

fn complete(agent: &str) -> CompleteCollaboration {
    CompleteCollaboration {
        author: author(),
        collaboration_id: ID.into(),
        agent: Some(agent.into()),
        outcome: None,
        summary: None,
        force: false,
    }
}

fn fail(agent: &str) -> FailCollaboration {
    FailCollaboration {
        author: author(),
        collaboration_id: ID.into(),
        agent: Some(agent.into()),
        failure_reason: "no budget".into(),
    }
}

fn due() -> CollaborationDue {
    CollaborationDue { author: Author::server(), collaboration_id: ID.into() }
}

fn first(answer: Result<Appended, Refusal>) -> EventId {
    answer.unwrap().events[0].event_id
}

/// A log with a collaboration that was started, and the event that started it.
fn started_with(words: Value) -> (MemoryLog, EventId) {
    let mut log = MemoryLog::default();
    let started = first(log.command(start_with(words)));
    (log, started)
}

/// The same, with all three in it.
fn joined_with(words: Value) -> (MemoryLog, EventId) {
    let (mut log, started) = started_with(words);
    for agent in ["mise-architect", "letta-python-dev", "letta-rust-dev"] {
        log.command(join(agent)).unwrap();
    }
    (log, started)
}

fn state(log: &MemoryLog) -> Collaboration {
    log.state(ID)
}

fn causes(log: &MemoryLog, event: EventId) -> Vec<EventId> {
    log.get(&event).envelope.correlation_ids.clone()
}

fn payload(log: &MemoryLog, event: EventId) -> Value {
    log.get(&event).envelope.payload.read().unwrap()
}

/// An event of the bus about the collaboration.
fn told(what: &str) -> EventStory {
    event(&format!("agent.collaboration.{what}")).saying("collaboration_id", ID)
}
