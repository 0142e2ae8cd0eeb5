//! Gives a task to one agent.

use god33_domain::agent::AssignTask;
use god33_domain::command::Author;
use god33_domain::handoff::{Handoff, HandoffState};
use god33_proto::v1::{AgentTaskStatus, AssignTaskRequest, AssignTaskResponse, ErrorReason};
use tonic::{Request, Response};
use uuid::Uuid;

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload, plain_text, text};

asks!(AssignTaskRequest);

pub(super) async fn assign_task(
    app: &App,
    request: Request<AssignTaskRequest>,
) -> Result<Response<AssignTaskResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    Ok(Response::new(AssignTaskResponse {
        task_id: handoff.handoff_id.clone(),
        status: status(handoff.state).into(),
        estimated_checkpoints: None,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &AssignTaskRequest, author: Author, found: &mut Violations) -> Option<AssignTask> {
    let at = |name| Path::Member(&Path::Request, name);
    let agent_id = id::uuid(&request.agent_id, &at("agent_id"), found);
    let task_id = match request.task_id.as_str() {
        "" => Some(Uuid::now_v7()),
        text => id::uuid(text, &at("task_id"), found),
    };
    let task_type = plain_text::optional(&request.task_type, 255, ErrorReason::InvalidField, &at("task_type"), found);
    let description = text::required(&request.description, &at("description"), found);
    let correlation_id = id::optional_event_id(&request.correlation_id, &at("correlation_id"), found);
    let workflow_id = match request.workflow_id.as_str() {
        "" => None,
        text => Some(id::uuid(text, &at("workflow_id"), found)?.to_string()),
    };
    let task_context = match &request.task_context {
        Some(context) => Some(payload::draft(context, &at("task_context"), found)?.into_json()),
        None => None,
    };
    Some(AssignTask {
        author,
        agent_id: agent_id?.to_string(),
        task_id: task_id?.to_string(),
        task_type,
        description: description?,
        task_context,
        correlation_id,
        workflow_id,
    })
}

const fn status(state: HandoffState) -> AgentTaskStatus {
    match state {
        HandoffState::Offered => AgentTaskStatus::Pending,
        HandoffState::Accepted => AgentTaskStatus::Accepted,
        HandoffState::Blocked => AgentTaskStatus::Blocked,
        HandoffState::Completed => AgentTaskStatus::Completed,
        HandoffState::Failed | HandoffState::Declined | HandoffState::Expired | HandoffState::Cancelled => {
            AgentTaskStatus::Failed
        }
    }
}
