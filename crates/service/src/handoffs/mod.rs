//! `HandoffService`: work is offered, taken by exactly one agent under a lease, and done, or offered again.

mod accept_handoff;
mod block_handoff;
mod cancel_handoff;
mod claim_handoff;
mod claimant;
mod claims;
mod complete_handoff;
mod create_handoff;
mod decline_handoff;
mod extend_lease;
mod fail_handoff;
mod get_handoff;
mod held_out;
pub(crate) mod lease;
mod list_handoffs;
mod release_handoff;
mod report_progress;
mod unblock_handoff;
mod waiting;
mod watch_handoff;
mod watch_offers;

use std::sync::Arc;

use god33_proto::v1::handoff_service_server::HandoffService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;
use claims::Claims;

/// The service.
pub(crate) struct Handoffs {
    app: Arc<App>,
    claims: Arc<Claims>,
    store_id: StoreId,
}

impl Handoffs {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, claims: Arc::default(), store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl HandoffService for Handoffs {
    async fn create_handoff(
        &self,
        request: Request<CreateHandoffRequest>,
    ) -> Result<Response<CreateHandoffResponse>, Status> {
        Ok(create_handoff::create_handoff(&self.app, request).await?)
    }

    async fn claim_handoff(
        &self,
        request: Request<ClaimHandoffRequest>,
    ) -> Result<Response<ClaimHandoffResponse>, Status> {
        Ok(claim_handoff::claim_handoff(&self.app, &self.claims, request).await?)
    }

    type WatchOffersStream = Answers<WatchOffersResponse>;

    async fn watch_offers(
        &self,
        request: Request<WatchOffersRequest>,
    ) -> Result<Response<Self::WatchOffersStream>, Status> {
        Ok(watch_offers::watch_offers(&self.app, &self.claims, request).await?)
    }

    async fn accept_handoff(
        &self,
        request: Request<AcceptHandoffRequest>,
    ) -> Result<Response<AcceptHandoffResponse>, Status> {
        Ok(accept_handoff::accept_handoff(&self.app, &self.claims, request).await?)
    }

    async fn decline_handoff(
        &self,
        request: Request<DeclineHandoffRequest>,
    ) -> Result<Response<DeclineHandoffResponse>, Status> {
        Ok(decline_handoff::decline_handoff(&self.app, &self.claims, request).await?)
    }

    async fn extend_lease(
        &self,
        request: Request<ExtendLeaseRequest>,
    ) -> Result<Response<ExtendLeaseResponse>, Status> {
        Ok(extend_lease::extend_lease(&self.app, request).await?)
    }

    async fn report_progress(
        &self,
        request: Request<ReportProgressRequest>,
    ) -> Result<Response<ReportProgressResponse>, Status> {
        Ok(report_progress::report_progress(&self.app, request).await?)
    }

    async fn block_handoff(
        &self,
        request: Request<BlockHandoffRequest>,
    ) -> Result<Response<BlockHandoffResponse>, Status> {
        Ok(block_handoff::block_handoff(&self.app, request).await?)
    }

    async fn unblock_handoff(
        &self,
        request: Request<UnblockHandoffRequest>,
    ) -> Result<Response<UnblockHandoffResponse>, Status> {
        Ok(unblock_handoff::unblock_handoff(&self.app, request).await?)
    }

    async fn complete_handoff(
        &self,
        request: Request<CompleteHandoffRequest>,
    ) -> Result<Response<CompleteHandoffResponse>, Status> {
        Ok(complete_handoff::complete_handoff(&self.app, request).await?)
    }

    async fn fail_handoff(
        &self,
        request: Request<FailHandoffRequest>,
    ) -> Result<Response<FailHandoffResponse>, Status> {
        Ok(fail_handoff::fail_handoff(&self.app, request).await?)
    }

    async fn release_handoff(
        &self,
        request: Request<ReleaseHandoffRequest>,
    ) -> Result<Response<ReleaseHandoffResponse>, Status> {
        Ok(release_handoff::release_handoff(&self.app, request).await?)
    }

    async fn cancel_handoff(
        &self,
        request: Request<CancelHandoffRequest>,
    ) -> Result<Response<CancelHandoffResponse>, Status> {
        Ok(cancel_handoff::cancel_handoff(&self.app, request).await?)
    }

    async fn get_handoff(&self, request: Request<GetHandoffRequest>) -> Result<Response<GetHandoffResponse>, Status> {
        Ok(get_handoff::get_handoff(&self.app, request).await?)
    }

    async fn list_handoffs(
        &self,
        request: Request<ListHandoffsRequest>,
    ) -> Result<Response<ListHandoffsResponse>, Status> {
        Ok(list_handoffs::list_handoffs(&self.app, &self.store_id, request).await?)
    }

    type WatchHandoffStream = Answers<WatchHandoffResponse>;

    async fn watch_handoff(
        &self,
        request: Request<WatchHandoffRequest>,
    ) -> Result<Response<Self::WatchHandoffStream>, Status> {
        Ok(watch_handoff::watch_handoff(&self.app, request).await?)
    }
}
