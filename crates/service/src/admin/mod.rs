//! `AdminService`: what this server is and how its parts fare.

mod discard_quarantined_messages;
mod duty;
mod get_bus_status;
mod get_quarantined_message;
mod get_server_info;
mod list_audit_entries;
mod list_nodes;
mod list_quarantined_messages;
mod messages;
mod progress;
mod quarantine;
mod rebuild_states;
mod reconcile_bus;
mod redrive_quarantined_messages;
mod verify_log;

use std::pin::Pin;
use std::sync::Arc;

use futures::Stream;
use god33_proto::v1::admin_service_server::AdminService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::wire::status::Failure;

/// The service.
pub(crate) struct Admin {
    app: Arc<App>,
}

impl Admin {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// The answer of a call that is not offered yet.
fn later<T>(call: &str) -> Result<T, Status> {
    Err(Failure::not_implemented(&format!("god33.v1.AdminService/{call}")).into())
}

#[tonic::async_trait]
impl AdminService for Admin {
    async fn get_server_info(
        &self,
        request: Request<GetServerInfoRequest>,
    ) -> Result<Response<GetServerInfoResponse>, Status> {
        Ok(get_server_info::get_server_info(&self.app, request).await?)
    }

    async fn get_bus_status(
        &self,
        request: Request<GetBusStatusRequest>,
    ) -> Result<Response<GetBusStatusResponse>, Status> {
        Ok(get_bus_status::get_bus_status(&self.app, request).await?)
    }

    async fn list_quarantined_messages(
        &self,
        request: Request<ListQuarantinedMessagesRequest>,
    ) -> Result<Response<ListQuarantinedMessagesResponse>, Status> {
        Ok(list_quarantined_messages::list_quarantined_messages(&self.app, request).await?)
    }

    async fn get_quarantined_message(
        &self,
        request: Request<GetQuarantinedMessageRequest>,
    ) -> Result<Response<GetQuarantinedMessageResponse>, Status> {
        Ok(get_quarantined_message::get_quarantined_message(&self.app, request).await?)
    }

    async fn redrive_quarantined_messages(
        &self,
        request: Request<RedriveQuarantinedMessagesRequest>,
    ) -> Result<Response<RedriveQuarantinedMessagesResponse>, Status> {
        Ok(redrive_quarantined_messages::redrive_quarantined_messages(&self.app, request).await?)
    }

    async fn discard_quarantined_messages(
        &self,
        request: Request<DiscardQuarantinedMessagesRequest>,
    ) -> Result<Response<DiscardQuarantinedMessagesResponse>, Status> {
        Ok(discard_quarantined_messages::discard_quarantined_messages(&self.app, request).await?)
    }

    async fn reconcile_bus(
        &self,
        request: Request<ReconcileBusRequest>,
    ) -> Result<Response<ReconcileBusResponse>, Status> {
        Ok(reconcile_bus::reconcile_bus(&self.app, request).await?)
    }

    async fn get_retention(
        &self,
        _request: Request<GetRetentionRequest>,
    ) -> Result<Response<GetRetentionResponse>, Status> {
        later("GetRetention")
    }

    async fn apply_retention(
        &self,
        _request: Request<ApplyRetentionRequest>,
    ) -> Result<Response<ApplyRetentionResponse>, Status> {
        later("ApplyRetention")
    }

    type VerifyLogStream = Answers<VerifyLogResponse>;

    async fn verify_log(&self, request: Request<VerifyLogRequest>) -> Result<Response<Self::VerifyLogStream>, Status> {
        Ok(verify_log::verify_log(&self.app, request).await?)
    }

    type RebuildStatesStream = Answers<RebuildStatesResponse>;

    async fn rebuild_states(
        &self,
        request: Request<RebuildStatesRequest>,
    ) -> Result<Response<Self::RebuildStatesStream>, Status> {
        Ok(rebuild_states::rebuild_states(&self.app, request).await?)
    }

    async fn list_nodes(&self, request: Request<ListNodesRequest>) -> Result<Response<ListNodesResponse>, Status> {
        Ok(list_nodes::list_nodes(&self.app, request).await?)
    }

    async fn list_audit_entries(
        &self,
        request: Request<ListAuditEntriesRequest>,
    ) -> Result<Response<ListAuditEntriesResponse>, Status> {
        Ok(list_audit_entries::list_audit_entries(&self.app, request).await?)
    }
}
