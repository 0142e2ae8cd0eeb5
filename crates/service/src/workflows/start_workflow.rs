//! Starts a workflow.

use god33_domain::command::Author;
use god33_domain::workflow::StartWorkflow;
use god33_domain::{JsonText, WorkflowId};
use god33_proto::v1::{ErrorReason, StartWorkflowRequest, StartWorkflowResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::envelope::check_size;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, json, plain_text, workflow};

asks!(StartWorkflowRequest);

/// The bytes that the event says beside the metadata, at most.
const ROOM: usize = 32 << 10;

pub(super) async fn start_workflow(
    app: &App,
    request: Request<StartWorkflowRequest>,
) -> Result<Response<StartWorkflowResponse>, Failure> {
    let most = app.limits.payload_bytes.saturating_sub(ROOM);
    let done = ask(app, &request, |request, author, found| command(request, author, most, found)).await?;
    Ok(Response::new(StartWorkflowResponse {
        workflow: Some(workflow::to_proto(done.noun()?)),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &StartWorkflowRequest,
    author: Author,
    most: usize,
    found: &mut Violations,
) -> Option<StartWorkflow> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = match request.workflow_id.as_str() {
        "" => Some(Uuid::now_v7()),
        text => id::uuid(text, &at("workflow_id"), found),
    };
    let project_name =
        plain_text::optional(&request.project_name, 255, ErrorReason::InvalidField, &at("project_name"), found);
    if project_name.is_none() {
        found.add(&at("project_name"), ErrorReason::InvalidField, "is required: 1 to 255 characters");
    }
    let metadata = match &request.metadata {
        Some(metadata) => json::write_open(metadata, &at("metadata"), found),
        None => JsonText::empty_object(),
    };
    // Beside it the event says little: what fits here fits there.
    check_size(&metadata, most, &at("metadata"), found);
    let phase = workflow::parse_phase(request.phase, &at("phase"), found);
    let agent = plain_text::optional(&request.from_agent, 255, ErrorReason::InvalidField, &at("from_agent"), found);
    let description =
        plain_text::optional(&request.description, 4_096, ErrorReason::InvalidField, &at("description"), found);
    Some(StartWorkflow {
        author,
        workflow_id: WorkflowId::parse(&workflow_id?.to_string()).ok()?,
        project_name: project_name?,
        phase,
        agent,
        description,
        metadata,
    })
}
