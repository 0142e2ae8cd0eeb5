//! `DirectorService`: work over several services, and the patterns of tasks that they share.

mod cancel_cross_service_task;
mod complete_cross_service_task;
mod complete_delegation;
mod create_cross_service_task;
mod define_mise_pattern;
mod delegate_service;
mod fail_cross_service_task;
mod fail_delegation;
mod get_cross_service_task;
mod get_delegation;
mod get_mise_pattern;
mod list_cross_service_tasks;
mod list_delegations;
mod list_mise_patterns;
mod record_mise_validation;
mod request_mise_standardization;
mod request_mise_validation;
mod said;
mod watch_cross_service_task;

use std::sync::Arc;

use god33_proto::v1::director_service_server::DirectorService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;

/// The service.
pub(crate) struct Director {
    app: Arc<App>,
    store_id: StoreId,
}

impl Director {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl DirectorService for Director {
    async fn create_cross_service_task(
        &self,
        request: Request<CreateCrossServiceTaskRequest>,
    ) -> Result<Response<CreateCrossServiceTaskResponse>, Status> {
        Ok(create_cross_service_task::create_cross_service_task(&self.app, request).await?)
    }

    async fn request_mise_standardization(
        &self,
        request: Request<RequestMiseStandardizationRequest>,
    ) -> Result<Response<RequestMiseStandardizationResponse>, Status> {
        Ok(request_mise_standardization::request_mise_standardization(&self.app, request).await?)
    }

    async fn define_mise_pattern(
        &self,
        request: Request<DefineMisePatternRequest>,
    ) -> Result<Response<DefineMisePatternResponse>, Status> {
        Ok(define_mise_pattern::define_mise_pattern(&self.app, request).await?)
    }

    async fn delegate_service(
        &self,
        request: Request<DelegateServiceRequest>,
    ) -> Result<Response<DelegateServiceResponse>, Status> {
        Ok(delegate_service::delegate_service(&self.app, request).await?)
    }

    async fn complete_delegation(
        &self,
        request: Request<CompleteDelegationRequest>,
    ) -> Result<Response<CompleteDelegationResponse>, Status> {
        Ok(complete_delegation::complete_delegation(&self.app, request).await?)
    }

    async fn fail_delegation(
        &self,
        request: Request<FailDelegationRequest>,
    ) -> Result<Response<FailDelegationResponse>, Status> {
        Ok(fail_delegation::fail_delegation(&self.app, request).await?)
    }

    async fn request_mise_validation(
        &self,
        request: Request<RequestMiseValidationRequest>,
    ) -> Result<Response<RequestMiseValidationResponse>, Status> {
        Ok(request_mise_validation::request_mise_validation(&self.app, request).await?)
    }

    async fn record_mise_validation(
        &self,
        request: Request<RecordMiseValidationRequest>,
    ) -> Result<Response<RecordMiseValidationResponse>, Status> {
        Ok(record_mise_validation::record_mise_validation(&self.app, request).await?)
    }

    async fn complete_cross_service_task(
        &self,
        request: Request<CompleteCrossServiceTaskRequest>,
    ) -> Result<Response<CompleteCrossServiceTaskResponse>, Status> {
        Ok(complete_cross_service_task::complete_cross_service_task(&self.app, request).await?)
    }

    async fn fail_cross_service_task(
        &self,
        request: Request<FailCrossServiceTaskRequest>,
    ) -> Result<Response<FailCrossServiceTaskResponse>, Status> {
        Ok(fail_cross_service_task::fail_cross_service_task(&self.app, request).await?)
    }

    async fn cancel_cross_service_task(
        &self,
        request: Request<CancelCrossServiceTaskRequest>,
    ) -> Result<Response<CancelCrossServiceTaskResponse>, Status> {
        Ok(cancel_cross_service_task::cancel_cross_service_task(&self.app, request).await?)
    }

    async fn get_cross_service_task(
        &self,
        request: Request<GetCrossServiceTaskRequest>,
    ) -> Result<Response<GetCrossServiceTaskResponse>, Status> {
        Ok(get_cross_service_task::get_cross_service_task(&self.app, request).await?)
    }

    async fn list_cross_service_tasks(
        &self,
        request: Request<ListCrossServiceTasksRequest>,
    ) -> Result<Response<ListCrossServiceTasksResponse>, Status> {
        Ok(list_cross_service_tasks::list_cross_service_tasks(&self.app, &self.store_id, request).await?)
    }

    type WatchCrossServiceTaskStream = Answers<WatchCrossServiceTaskResponse>;

    async fn watch_cross_service_task(
        &self,
        request: Request<WatchCrossServiceTaskRequest>,
    ) -> Result<Response<Self::WatchCrossServiceTaskStream>, Status> {
        Ok(watch_cross_service_task::watch_cross_service_task(&self.app, request).await?)
    }

    async fn get_delegation(
        &self,
        request: Request<GetDelegationRequest>,
    ) -> Result<Response<GetDelegationResponse>, Status> {
        Ok(get_delegation::get_delegation(&self.app, request).await?)
    }

    async fn list_delegations(
        &self,
        request: Request<ListDelegationsRequest>,
    ) -> Result<Response<ListDelegationsResponse>, Status> {
        Ok(list_delegations::list_delegations(&self.app, &self.store_id, request).await?)
    }

    async fn get_mise_pattern(
        &self,
        request: Request<GetMisePatternRequest>,
    ) -> Result<Response<GetMisePatternResponse>, Status> {
        Ok(get_mise_pattern::get_mise_pattern(&self.app, request).await?)
    }

    async fn list_mise_patterns(
        &self,
        request: Request<ListMisePatternsRequest>,
    ) -> Result<Response<ListMisePatternsResponse>, Status> {
        Ok(list_mise_patterns::list_mise_patterns(&self.app, &self.store_id, request).await?)
    }
}
