//! Reads a workflow.

use god33_proto::v1::{GetWorkflowRequest, GetWorkflowResponse};
use tonic::{Request, Response};

use super::{not_found, workflow_id};
use crate::wire::status::Failure;
use crate::wire::workflow;
use crate::{Action, App, Principal};

pub(super) async fn get_workflow(
    app: &App,
    request: Request<GetWorkflowRequest>,
) -> Result<Response<GetWorkflowResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = workflow_id(&request.workflow_id)?;

    let reader = app.reader(principal, Action::ReadWorkflows(Some(&id)), request.min_position).await?;
    // Asked for before the state is read, so the state holds at least up to here.
    let position = app.tail.head();
    let workflow = reader.workflow(&id).await?.ok_or_else(|| not_found(&id))?;
    Ok(Response::new(GetWorkflowResponse {
        position: position.max(workflow.position).get(),
        workflow: Some(workflow::to_proto(&workflow)),
    }))
}
