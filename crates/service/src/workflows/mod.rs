//! `WorkflowService`: workflows, from their start to their history.

mod cancel_workflow;
mod change;
mod complete_phase;
mod complete_workflow;
mod fail_workflow;
mod get_timeline;
mod get_workflow;
mod list_workflows;
mod record_validation;
mod request_handoff;
mod request_validation;
mod skip_phase;
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
        request: Request<CompletePhaseRequest>,
    ) -> Result<Response<CompletePhaseResponse>, Status> {
        Ok(complete_phase::complete_phase(&self.app, request).await?)
    }

    async fn skip_phase(&self, request: Request<SkipPhaseRequest>) -> Result<Response<SkipPhaseResponse>, Status> {
        Ok(skip_phase::skip_phase(&self.app, request).await?)
    }

    async fn request_handoff(
        &self,
        request: Request<RequestHandoffRequest>,
    ) -> Result<Response<RequestHandoffResponse>, Status> {
        Ok(request_handoff::request_handoff(&self.app, request).await?)
    }

    async fn request_validation(
        &self,
        request: Request<RequestValidationRequest>,
    ) -> Result<Response<RequestValidationResponse>, Status> {
        Ok(request_validation::request_validation(&self.app, request).await?)
    }

    async fn record_validation(
        &self,
        request: Request<RecordValidationRequest>,
    ) -> Result<Response<RecordValidationResponse>, Status> {
        Ok(record_validation::record_validation(&self.app, request).await?)
    }

    async fn complete_workflow(
        &self,
        request: Request<CompleteWorkflowRequest>,
    ) -> Result<Response<CompleteWorkflowResponse>, Status> {
        Ok(complete_workflow::complete_workflow(&self.app, request).await?)
    }

    async fn fail_workflow(
        &self,
        request: Request<FailWorkflowRequest>,
    ) -> Result<Response<FailWorkflowResponse>, Status> {
        Ok(fail_workflow::fail_workflow(&self.app, request).await?)
    }

    async fn cancel_workflow(
        &self,
        request: Request<CancelWorkflowRequest>,
    ) -> Result<Response<CancelWorkflowResponse>, Status> {
        Ok(cancel_workflow::cancel_workflow(&self.app, request).await?)
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
