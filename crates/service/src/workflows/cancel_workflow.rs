//! Calls a workflow off.

use god33_domain::command::Author;
use god33_domain::workflow::CancelWorkflow;
use god33_proto::v1::{CancelWorkflowRequest, CancelWorkflowResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::text;
use crate::wire::violations::Violations;

asks!(CancelWorkflowRequest);

pub(super) async fn cancel_workflow(
    app: &App,
    request: Request<CancelWorkflowRequest>,
) -> Result<Response<CancelWorkflowResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CancelWorkflowResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CancelWorkflowRequest, author: Author, found: &mut Violations) -> Option<CancelWorkflow> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = change::workflow_id(&request.workflow_id, &at("workflow_id"), found);
    let cancelled_by = change::name(&request.cancelled_by, &at("cancelled_by"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    let (workflow_id, expected_version) = (workflow_id?, request.expected_version);
    Some(CancelWorkflow { author, workflow_id, expected_version, cancelled_by, reason })
}
