#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::{Value, json};

use super::*;
use crate::command::Author;
use crate::session::{Session, SessionStatus};
use crate::state::Kind;

use crate::testing::{EventStory, MemoryLog, Named, event};
use crate::{Appended, EventId, Refusal};

mod end;
mod history;
mod pattern;
mod request;
mod table;
mod time;

const QUESTION: &str = "0198a0c2-0000-7000-8000-000000000001";
const OTHER: &str = "0198a0c2-0000-7000-8000-000000000002";

fn author(principal: &str) -> Author {
    Author { principal: principal.into(), ..Author::server() }
}

fn ask(feedback: &Value) -> RequestFeedback {
    RequestFeedback { author: author("letta"), feedback: JsonText::of(feedback).unwrap() }
}

fn answer(question: &str, decision: &str) -> AnswerFeedback {
    AnswerFeedback {
        author: author("jarad"),
        question_id: question.into(),
        decision: decision.into(),
        rationale: None,
        answered_by: None,
        answer_context: None,
    }
}

fn cancel(question: &str) -> CancelFeedback {
    let question_id = question.into();
    CancelFeedback { author: author("jarad"), question_id, cancelled_by: None, reason: Some("obsolete".into()) }
}

fn delegate(question: &str, assignee: &str) -> DelegateFeedback {
    DelegateFeedback {
        author: author("jarad"),
        question_id: question.into(),
        assignee: assignee.into(),
        delegated_by: None,
        reason: None,
    }
}

fn due(question: &str) -> QuestionDue {
    QuestionDue { author: Author::server(), question_id: question.into() }
}

/// A question in the log.
fn asked(question: &str) -> EventStory {
    event("agent.feedback.requested").saying("question_id", question).saying("question", "JWT or cookies?")
}

/// A session in the log that works.
fn started(session: &str) -> EventStory {
    event("agent.letta.session.started")
        .in_session(session)
        .saying("agent_type", "letta-python-dev")
        .saying("agent_instance_id", format!("{session}-instance"))
}

/// A session in the log that waits for an answer.
fn paused(session: &str, checkpoint: &str) -> EventStory {
    event("agent.letta.session.paused")
        .in_session(session)
        .saying("reason", "awaiting_feedback")
        .saying("checkpoint_id", checkpoint)
}

fn recovered(failed: &str, new: &str) -> EventStory {
    event("agent.letta.session.recovery.started")
        .saying("new_session_id", new)
        .saying("failed_session_id", failed)
        .saying("agent_type", "letta-python-dev")
}

/// What a command recorded: type, causes and payload of each event.
fn told(log: &MemoryLog, answer: &Appended) -> Vec<(String, Vec<EventId>, Value)> {
    let events = answer.events.iter().map(|event| log.get(&event.event_id).envelope.clone());
    events
        .map(|envelope| {
            (envelope.event_type.as_str().into(), envelope.correlation_ids, envelope.payload.read().unwrap())
        })
        .collect()
}

fn question(log: &MemoryLog) -> Question {
    log.state(QUESTION)
}
