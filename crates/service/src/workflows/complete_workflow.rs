//! Ends a workflow with success.

use god33_domain::command::Author;
use god33_domain::workflow::CompleteWorkflow;
use god33_proto::v1::{CompleteWorkflowRequest, CompleteWorkflowResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{payload, text};

asks!(CompleteWorkflowRequest);

pub(super) async fn complete_workflow(
    app: &App,
    request: Request<CompleteWorkflowRequest>,
) -> Result<Response<CompleteWorkflowResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompleteWorkflowResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CompleteWorkflowRequest, author: Author, found: &mut Violations) -> Option<CompleteWorkflow> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = change::workflow_id(&request.workflow_id, &at("workflow_id"), found);
    let agent = change::name(&request.from_agent, &at("from_agent"), found);
    let artifacts = match request.artifacts.as_slice() {
        [] => None,
        artifacts => Some(payload::drafts(artifacts, &at("artifacts"), found)?),
    };
    let summary = text::prose(&request.summary, &at("summary"), found);
    let (workflow_id, expected_version) = (workflow_id?, request.expected_version);
    let force = request.force;
    Some(CompleteWorkflow { author, workflow_id, expected_version, agent, artifacts, summary, force })
}
