#![allow(clippy::unwrap_used, clippy::panic)]
use serde_json::json;

use super::*;
use crate::testing::{EventStory, MemoryLog, event, proposal, recorded};
use crate::workflow::{StartWorkflow, WorkflowCommand};
use crate::{Change, JsonText, Limits};

mod answers;
mod belongings;
mod history;
mod writes;

fn positions(answer: &Result<Appended, Refusal>) -> Vec<u64> {
    answer.as_ref().unwrap().events.iter().map(|event| event.position.get()).collect()
}

fn start(workflow: &str) -> StartWorkflow {
    StartWorkflow {
        workflow_id: WorkflowId::parse(workflow).unwrap(),
        event_id: EventId::generate(),
        project_name: "user-authentication".into(),
        owner: "jarad".into(),
        phase: None,
        description: None,
        agent: Some("bmad-analyst".into()),
        metadata: JsonText::empty_object(),
        source: JsonText::parse(r#"{"host":"vm","type":"service","app":"god33"}"#).unwrap(),
        correlation_ids: Vec::new(),
        timestamp: None,
        agent_context: None,
        chain_id: None,
        traceparent: None,
    }
}

fn command(start: &StartWorkflow) -> Proposal {
    let change = Change::Workflow(Box::new(WorkflowCommand::Start(start.clone())));
    Proposal { request: None, principal: "jarad".into(), change }
}
