//! Ends a workflow without success.

use god33_domain::command::Author;
use god33_domain::workflow::FailWorkflow;
use god33_proto::v1::{FailWorkflowRequest, FailWorkflowResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::text;
use crate::wire::violations::Violations;

asks!(FailWorkflowRequest);

pub(super) async fn fail_workflow(
    app: &App,
    request: Request<FailWorkflowRequest>,
) -> Result<Response<FailWorkflowResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(FailWorkflowResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &FailWorkflowRequest, author: Author, found: &mut Violations) -> Option<FailWorkflow> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = change::workflow_id(&request.workflow_id, &at("workflow_id"), found);
    let agent = change::name(&request.from_agent, &at("from_agent"), found);
    let failure_reason = text::required(&request.failure_reason, &at("failure_reason"), found);
    let (workflow_id, failure_reason) = (workflow_id?, failure_reason?);
    Some(FailWorkflow { author, workflow_id, expected_version: request.expected_version, agent, failure_reason })
}
