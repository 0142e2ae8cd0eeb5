//! Starts a workflow.

use god33_domain::workflow::{StartWorkflow, WorkflowCommand};
use god33_domain::{Change, EventId, JsonText, Limits, Proposal, WorkflowId};
use god33_proto::v1::{ErrorReason, StartWorkflowRequest, StartWorkflowResponse};
use tonic::metadata::MetadataMap;
use tonic::{Request, Response};
use uuid::Uuid;

use super::not_found;
use crate::wire::envelope::check_size;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{context, id, json, plain_text, request, workflow};
use crate::{Action, App, Principal};

/// The bytes that the event says beside the metadata, at most.
const ROOM: usize = 32 << 10;

pub(super) async fn start_workflow(
    app: &App,
    request: Request<StartWorkflowRequest>,
) -> Result<Response<StartWorkflowResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let proposal = proposal(principal, &app.limits, request.metadata(), request.get_ref())?;
    let appended = app.propose(principal, proposal).await?;
    let event_ids: Vec<EventId> = appended.events.iter().map(|event| event.event_id).collect();

    // A repeat gets the first answer, so the workflow is the one that the recorded event started.
    let reader = app.reader(principal, Action::ReadEvents(None), appended.position().get()).await?;
    let started = match event_ids.first() {
        Some(first) => reader.event(*first).await?,
        None => None,
    };
    let id = started.as_ref().and_then(|event| event.workflow_id()).ok_or_else(vanished)?;
    let workflow = reader.workflow(id).await?.ok_or_else(|| not_found(id))?;
    Ok(Response::new(StartWorkflowResponse {
        workflow: Some(workflow::to_proto(&workflow)),
        event_ids: event_ids.iter().map(ToString::to_string).collect(),
        position: appended.position().get(),
    }))
}

/// A repeat came so late that the event of the first attempt is no longer kept.
fn vanished() -> Failure {
    Failure::new(
        ErrorReason::EventNotFound,
        "the workflow was started, and its first event is no longer kept: list the workflows",
    )
}

fn proposal(
    principal: &Principal,
    limits: &Limits,
    metadata: &MetadataMap,
    request: &StartWorkflowRequest,
) -> Result<Proposal, Failure> {
    let mut found = Violations::default();
    let id = request::parse(&request.request_id, "StartWorkflow", request, &mut found);
    let command = command(principal, limits, metadata, request, &mut found);
    found.finish()?;
    let command = command.ok_or_else(|| Failure::defect("a start of a workflow had no fault and came to nothing"))?;
    Ok(Proposal {
        request: id,
        principal: principal.name.clone(),
        change: Change::Workflow(Box::new(WorkflowCommand::Start(command))),
    })
}

fn command(
    principal: &Principal,
    limits: &Limits,
    metadata: &MetadataMap,
    request: &StartWorkflowRequest,
    found: &mut Violations,
) -> Option<StartWorkflow> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = match request.workflow_id.as_str() {
        "" => Some(Uuid::now_v7()),
        text => id::uuid(text, &at("workflow_id"), found),
    };
    let context = context::parse(request.context.as_ref(), principal, limits, metadata, found);
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
    check_size(&metadata, limits.payload_bytes.saturating_sub(ROOM), &at("metadata"), found);
    let phase = workflow::parse_phase(request.phase, &at("phase"), found);
    let agent = plain_text::optional(&request.from_agent, 255, ErrorReason::InvalidField, &at("from_agent"), found);
    let description =
        plain_text::optional(&request.description, 4_096, ErrorReason::InvalidField, &at("description"), found);
    Some(StartWorkflow {
        workflow_id: WorkflowId::parse(&workflow_id?.to_string()).ok()?,
        event_id: EventId::generate(),
        project_name: project_name?,
        owner: principal.name.clone(),
        phase,
        agent,
        description,
        metadata,
        source: context.source?,
        timestamp: context.timestamp,
        agent_context: context.agent_context,
        correlation_ids: context.correlation_ids,
        chain_id: context.chain_id,
        traceparent: context.traceparent,
    })
}
