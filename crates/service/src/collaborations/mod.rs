//! `CollaborationService`: several agents, one goal.

mod complete_collaboration;
mod create_proposal;
mod fail_collaboration;
mod get_collaboration;
mod join_collaboration;
mod leave_collaboration;
mod list_collaborations;
mod list_shared_context_history;
mod list_waits;
mod set_shared_context;
mod start_collaboration;
mod update_collaboration;
mod values;
mod vote;
mod watch_collaboration;

use std::sync::Arc;

use god33_proto::v1::collaboration_service_server::CollaborationService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;

/// The service.
pub(crate) struct Collaborations {
    app: Arc<App>,
    store_id: StoreId,
}

impl Collaborations {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl CollaborationService for Collaborations {
    async fn start_collaboration(
        &self,
        request: Request<StartCollaborationRequest>,
    ) -> Result<Response<StartCollaborationResponse>, Status> {
        Ok(start_collaboration::start_collaboration(&self.app, request).await?)
    }

    async fn join_collaboration(
        &self,
        request: Request<JoinCollaborationRequest>,
    ) -> Result<Response<JoinCollaborationResponse>, Status> {
        Ok(join_collaboration::join_collaboration(&self.app, request).await?)
    }

    async fn leave_collaboration(
        &self,
        request: Request<LeaveCollaborationRequest>,
    ) -> Result<Response<LeaveCollaborationResponse>, Status> {
        Ok(leave_collaboration::leave_collaboration(&self.app, request).await?)
    }

    async fn update_collaboration(
        &self,
        request: Request<UpdateCollaborationRequest>,
    ) -> Result<Response<UpdateCollaborationResponse>, Status> {
        Ok(update_collaboration::update_collaboration(&self.app, request).await?)
    }

    async fn set_shared_context(
        &self,
        request: Request<SetSharedContextRequest>,
    ) -> Result<Response<SetSharedContextResponse>, Status> {
        Ok(set_shared_context::set_shared_context(&self.app, request).await?)
    }

    async fn list_shared_context_history(
        &self,
        request: Request<ListSharedContextHistoryRequest>,
    ) -> Result<Response<ListSharedContextHistoryResponse>, Status> {
        Ok(list_shared_context_history::list_shared_context_history(&self.app, &self.store_id, request).await?)
    }

    async fn create_proposal(
        &self,
        request: Request<CreateProposalRequest>,
    ) -> Result<Response<CreateProposalResponse>, Status> {
        Ok(create_proposal::create_proposal(&self.app, request).await?)
    }

    async fn vote(&self, request: Request<VoteRequest>) -> Result<Response<VoteResponse>, Status> {
        Ok(vote::vote(&self.app, request).await?)
    }

    async fn complete_collaboration(
        &self,
        request: Request<CompleteCollaborationRequest>,
    ) -> Result<Response<CompleteCollaborationResponse>, Status> {
        Ok(complete_collaboration::complete_collaboration(&self.app, request).await?)
    }

    async fn fail_collaboration(
        &self,
        request: Request<FailCollaborationRequest>,
    ) -> Result<Response<FailCollaborationResponse>, Status> {
        Ok(fail_collaboration::fail_collaboration(&self.app, request).await?)
    }

    async fn get_collaboration(
        &self,
        request: Request<GetCollaborationRequest>,
    ) -> Result<Response<GetCollaborationResponse>, Status> {
        Ok(get_collaboration::get_collaboration(&self.app, request).await?)
    }

    async fn list_collaborations(
        &self,
        request: Request<ListCollaborationsRequest>,
    ) -> Result<Response<ListCollaborationsResponse>, Status> {
        Ok(list_collaborations::list_collaborations(&self.app, &self.store_id, request).await?)
    }

    type WatchCollaborationStream = Answers<WatchCollaborationResponse>;

    async fn watch_collaboration(
        &self,
        request: Request<WatchCollaborationRequest>,
    ) -> Result<Response<Self::WatchCollaborationStream>, Status> {
        Ok(watch_collaboration::watch_collaboration(&self.app, request).await?)
    }

    async fn list_waits(&self, request: Request<ListWaitsRequest>) -> Result<Response<ListWaitsResponse>, Status> {
        Ok(list_waits::list_waits(&self.app, request).await?)
    }
}
