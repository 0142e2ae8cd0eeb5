//! `WorkflowService`: workflows, from their start to their history.

mod get_timeline;
mod get_workflow;
mod list_workflows;
mod start_workflow;
mod watch_workflow;

use std::sync::Arc;

use god33_domain::WorkflowId;
use god33_proto::v1::workflow_service_server::WorkflowService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::event_store::Answers;
use crate::wire::id;
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

/// The service.
pub(crate) struct Workflows {
    app: Arc<App>,
    store_id: StoreId,
}

impl Workflows {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

/// The answer of a call that is not offered yet.
fn later<T>(call: &str) -> Result<T, Status> {
    Err(Failure::not_implemented(&format!("god33.v1.WorkflowService/{call}")).into())
}

/// Reads the id of the workflow that a request is about.
fn workflow_id(text: &str) -> Result<WorkflowId, Failure> {
    let mut found = Violations::default();
    let at = Path::Request.member("workflow_id");
    id::label(text, &at, ErrorReason::InvalidField, &mut found).ok_or_else(|| found.into())
}

/// No such workflow is known.
fn not_found(id: &WorkflowId) -> Failure {
    Failure::new(ErrorReason::WorkflowNotFound, format!("no workflow {id} is known: check the id")).with("id", id)
}

#[tonic::async_trait]
impl WorkflowService for Workflows {
    async fn start_workflow(
        &self,
        request: Request<StartWorkflowRequest>,
    ) -> Result<Response<StartWorkflowResponse>, Status> {
        Ok(start_workflow::start_workflow(&self.app, request).await?)
    }

    async fn complete_phase(
        &self,
        _request: Request<CompletePhaseRequest>,
    ) -> Result<Response<CompletePhaseResponse>, Status> {
        later("CompletePhase")
    }

    async fn skip_phase(&self, _request: Request<SkipPhaseRequest>) -> Result<Response<SkipPhaseResponse>, Status> {
        later("SkipPhase")
    }

    async fn request_handoff(
        &self,
        _request: Request<RequestHandoffRequest>,
    ) -> Result<Response<RequestHandoffResponse>, Status> {
        later("RequestHandoff")
    }

    async fn request_validation(
        &self,
        _request: Request<RequestValidationRequest>,
    ) -> Result<Response<RequestValidationResponse>, Status> {
        later("RequestValidation")
    }

    async fn record_validation(
        &self,
        _request: Request<RecordValidationRequest>,
    ) -> Result<Response<RecordValidationResponse>, Status> {
        later("RecordValidation")
    }

    async fn complete_workflow(
        &self,
        _request: Request<CompleteWorkflowRequest>,
    ) -> Result<Response<CompleteWorkflowResponse>, Status> {
        later("CompleteWorkflow")
    }

    async fn fail_workflow(
        &self,
        _request: Request<FailWorkflowRequest>,
    ) -> Result<Response<FailWorkflowResponse>, Status> {
        later("FailWorkflow")
    }

    async fn cancel_workflow(
        &self,
        _request: Request<CancelWorkflowRequest>,
    ) -> Result<Response<CancelWorkflowResponse>, Status> {
        later("CancelWorkflow")
    }

    async fn get_workflow(
        &self,
        request: Request<GetWorkflowRequest>,
    ) -> Result<Response<GetWorkflowResponse>, Status> {
        Ok(get_workflow::get_workflow(&self.app, request).await?)
    }

    async fn list_workflows(
        &self,
        request: Request<ListWorkflowsRequest>,
    ) -> Result<Response<ListWorkflowsResponse>, Status> {
        Ok(list_workflows::list_workflows(&self.app, &self.store_id, request).await?)
    }

    async fn get_timeline(
        &self,
        request: Request<GetTimelineRequest>,
    ) -> Result<Response<GetTimelineResponse>, Status> {
        Ok(get_timeline::get_timeline(&self.app, &self.store_id, request).await?)
    }

    type WatchWorkflowStream = Answers<WatchWorkflowResponse>;

    async fn watch_workflow(
        &self,
        request: Request<WatchWorkflowRequest>,
    ) -> Result<Response<Self::WatchWorkflowStream>, Status> {
        Ok(watch_workflow::watch_workflow(&self.app, request).await?)
    }
}
