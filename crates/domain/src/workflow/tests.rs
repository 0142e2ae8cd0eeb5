#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::{Value, json};

use super::*;
use crate::command::Author;
use crate::state::{State, StateKind};
use crate::testing::{MemoryLog, event};
use crate::{Appended, JsonText, Refusal};

mod ends;
mod pattern_one;
mod phases;
mod table;
mod validations;

const ID: &str = "3c4d5e6f-7a8b-4c9d-8e1f-2a3b4c5d6e7f";

fn author() -> Author {
    Author { principal: "jarad".into(), ..Author::server() }
}

fn caused_by(causes: &[EventId]) -> Author {
    Author { correlation_ids: causes.to_vec(), ..author() }
}

fn id() -> WorkflowId {
    WorkflowId::parse(ID).unwrap()
}

fn json_text(value: &Value) -> JsonText {
    JsonText::of(value).unwrap()
}

fn start() -> StartWorkflow {
    StartWorkflow {
        author: author(),
        workflow_id: id(),
        project_name: "user-authentication".into(),
        phase: None,
        agent: Some("bmad-analyst".into()),
        description: None,
        metadata: JsonText::empty_object(),
    }
}

fn complete_phase(phase: &str) -> CompletePhase {
    CompletePhase {
        author: author(),
        workflow_id: id(),
        expected_version: None,
        phase: phase.into(),
        agent: Some("bmad-architect".into()),
        artifacts: None,
        summary: None,
    }
}

fn skip_phase(phase: &str) -> SkipPhase {
    SkipPhase {
        author: author(),
        workflow_id: id(),
        expected_version: None,
        phase: phase.into(),
        agent: None,
        reason: Some("a patch needs no plan".into()),
    }
}

fn request_handoff(words: Value) -> RequestHandoff {
    RequestHandoff { author: author(), workflow_id: id(), expected_version: None, handoff: json_text(&words) }
}

fn request_validation(words: Value) -> RequestValidation {
    RequestValidation { author: author(), workflow_id: id(), expected_version: None, validation: json_text(&words) }
}

fn record_validation(words: Value) -> RecordValidation {
    RecordValidation { author: author(), workflow_id: id(), expected_version: None, validation: json_text(&words) }
}

fn complete() -> CompleteWorkflow {
    CompleteWorkflow {
        author: author(),
        workflow_id: id(),
        expected_version: None,
        agent: None,
        artifacts: None,
        summary: None,
        force: false,
    }
}

fn fail() -> FailWorkflow {
    FailWorkflow {
        author: author(),
        workflow_id: id(),
        expected_version: None,
        agent: None,
        failure_reason: "no budget".into(),
    }
}

fn cancel() -> CancelWorkflow {
    CancelWorkflow { author: author(), workflow_id: id(), expected_version: None, cancelled_by: None, reason: None }
}

/// The id of the first event of an answer.
fn first(answer: Result<Appended, Refusal>) -> EventId {
    answer.unwrap().events[0].event_id
}

/// A log with a workflow that was started, and the event that started it.
fn started() -> (MemoryLog, EventId) {
    let mut log = MemoryLog::default();
    let started = first(log.command(start()));
    (log, started)
}

fn causes(log: &MemoryLog, event: EventId) -> Vec<EventId> {
    log.get(&event).envelope.correlation_ids.clone()
}

fn payload(log: &MemoryLog, event: EventId) -> Value {
    log.get(&event).envelope.payload.read().unwrap()
}

/// Types and payloads of the events from a position on.
fn since(log: &MemoryLog, position: usize) -> Vec<(String, Value)> {
    let said = |event: &crate::RecordedEvent| {
        (event.envelope.event_type.as_str().to_owned(), event.envelope.payload.read().unwrap())
    };
    log.events[position..].iter().map(said).collect()
}
