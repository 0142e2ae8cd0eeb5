#![allow(clippy::unwrap_used)]
//! The verbs, from a request to every end.

mod claims;
mod flows;
mod interleavings;
mod offers;
mod refusals;
mod requests;

use serde_json::{Value, json};

use super::*;
use crate::command::{Author, Command};
use crate::testing::{EventStory, MemoryLog, event};
use crate::{Appended, Refusal};

/// A team of agents, each with a session, that hands work over.
#[derive(Default)]
struct Team {
    log: MemoryLog,
}

const WORK: &str = "0198f1d0-0000-7000-8000-000000000001";

impl Team {
    /// With these sessions, each of an agent of type `letta-python-dev`.
    fn of(sessions: &[&str]) -> Self {
        let mut team = Self::default();
        sessions.iter().for_each(|session| team.start(session));
        team
    }

    fn start(&mut self, session: &str) {
        self.log.record([&started(session)]);
    }

    /// Asks for work in a workflow, which any agent of the type may take.
    fn request(&mut self, id: &str) -> EventId {
        let story = requested(id);
        self.log.record([&story]);
        story.envelope.event_id
    }

    fn ask(&mut self, command: impl Command) -> Result<Appended, Refusal> {
        self.log.command(command)
    }

    fn accept(&mut self, session: &str, id: &str) -> Result<Appended, Refusal> {
        self.ask(accept(session, id))
    }

    fn work(&self, id: &str) -> Handoff {
        self.log.state(id)
    }

    fn token(&self, id: &str) -> u64 {
        self.work(id).fencing_token
    }

    /// Lets time pass.
    fn wait(&mut self, seconds: f64) {
        self.log.now = self.log.now.after_seconds(seconds);
    }

    /// The newest events, as their types and causes.
    fn newest(&self, count: usize) -> Vec<(String, Vec<EventId>)> {
        let newest = &self.log.events[self.log.events.len() - count..];
        newest.iter().map(|e| (e.envelope.event_type.to_string(), e.envelope.correlation_ids.clone())).collect()
    }

    fn newest_id(&self) -> EventId {
        self.log.events.last().unwrap().id()
    }

    fn newest_payload(&self) -> Value {
        self.log.events.last().unwrap().envelope.payload.read().unwrap()
    }
}

fn started(session: &str) -> EventStory {
    event("agent.letta.session.started")
        .in_session(session)
        .saying("agent_type", "letta-python-dev")
        .saying("agent_instance_id", instance(session))
}

fn instance(session: &str) -> String {
    format!("letta-python-dev-{session}")
}

fn requested(id: &str) -> EventStory {
    event("bmad.workflow.handoff.requested")
        .of_workflow("w-1")
        .saying("from_agent", "bmad-architect")
        .saying("to_agent", "letta-python-dev")
        .saying("task_type", "implement_feature")
        .saying("handoff_id", id)
}

fn author() -> Author {
    Author { principal: "jarad".into(), ..Author::server() }
}

fn claimant(session: &str) -> Claimant {
    Claimant { session_id: session.into(), ..Claimant::default() }
}

fn accept(session: &str, id: &str) -> AcceptHandoff {
    AcceptHandoff {
        author: author(),
        handoff_id: id.into(),
        claimant: claimant(session),
        checkpoint_id: None,
        estimated_checkpoints: None,
    }
}

fn decline(session: &str, id: &str) -> DeclineHandoff {
    let reason = Some("busy".into());
    DeclineHandoff { author: author(), handoff_id: id.into(), session_id: session.into(), reason }
}

fn progress(id: &str, fencing_token: u64) -> ReportProgress {
    ReportProgress {
        author: author(),
        handoff_id: id.into(),
        fencing_token,
        progress_pct: Some(40.0),
        summary: Some("the schema stands".into()),
        details: Some(json_text(json!({"done": ["schema"]}))),
    }
}

fn block(id: &str, fencing_token: u64) -> BlockHandoff {
    let (reason, needs) = ("no access".into(), Some("ops".into()));
    BlockHandoff { author: author(), handoff_id: id.into(), fencing_token, reason, needs }
}

fn unblock(id: &str) -> UnblockHandoff {
    UnblockHandoff { author: author(), handoff_id: id.into(), unblocked_by: None, resolution: Some("granted".into()) }
}

fn complete(id: &str, fencing_token: u64) -> CompleteHandoff {
    let result = json!({
        "artifacts": [{"type": "code", "path": "src/auth.py"}],
        "validation": {"tests_passed": true},
        "next_action": "qa_review",
        "summary": "logins work",
        "metrics": {"tokens_used": 12},
    });
    CompleteHandoff { author: author(), handoff_id: id.into(), fencing_token, result: json_text(result) }
}

fn fail(id: &str, fencing_token: u64, is_final: bool) -> FailHandoff {
    FailHandoff { author: author(), handoff_id: id.into(), fencing_token, failure_reason: "no tests".into(), is_final }
}

fn release(id: &str, fencing_token: u64) -> ReleaseHandoff {
    let reason = Some("shift is over".into());
    ReleaseHandoff { author: author(), handoff_id: id.into(), fencing_token, reason, checkpoint_id: None }
}

fn cancel(id: &str) -> CancelHandoff {
    CancelHandoff { author: author(), handoff_id: id.into(), cancelled_by: None, reason: Some("not needed".into()) }
}

fn lose_lease(id: &str, fencing_token: u64) -> LoseLease {
    LoseLease { author: Author::server(), handoff_id: id.into(), fencing_token, reason: "lease_expired".into() }
}

fn tick(id: &str) -> TickHandoff {
    TickHandoff { author: Author::server(), handoff_id: id.into() }
}

fn json_text(value: Value) -> JsonText {
    JsonText::of(&value).unwrap()
}
