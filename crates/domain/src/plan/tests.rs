#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::json;

use super::*;
use crate::command::Author;
use crate::state::StateKind;
use crate::testing::{EventStory, MemoryLog, event, proposal, recorded};
use crate::workflow::StartWorkflow;
use crate::{Change, JsonText, Limits};

mod answers;
mod belongings;
mod history;
mod needs;
mod writes;

fn positions(answer: &Result<Appended, Refusal>) -> Vec<u64> {
    answer.as_ref().unwrap().events.iter().map(|event| event.position.get()).collect()
}

fn start(workflow: &str) -> StartWorkflow {
    StartWorkflow {
        author: Author { principal: "jarad".into(), ..Author::server() },
        workflow_id: WorkflowId::parse(workflow).unwrap(),
        project_name: "user-authentication".into(),
        phase: None,
        description: None,
        agent: Some("bmad-analyst".into()),
        metadata: JsonText::empty_object(),
    }
}

fn session_link(id: &str) -> SessionLink {
    SessionLink::new(SessionId::parse(id).unwrap())
}

fn command(start: &StartWorkflow) -> Proposal {
    Proposal { request: None, principal: "jarad".into(), change: Change::command(start.clone()) }
}
