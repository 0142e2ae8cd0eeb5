//! `SessionService`: sessions of agents, their checkpoints and their recovery.

mod attach;
mod attach_snapshot;
pub(crate) mod checkpoint;
mod chunk;
mod complete_recovery;
mod complete_session;
mod download_snapshot;
mod fail_session;
mod get_checkpoint;
mod get_session;
mod heartbeat;
mod instructions;
mod link;
mod list_checkpoints;
mod list_sessions;
mod pause_session;
mod prune_checkpoints;
mod resume_session;
mod save_checkpoint;
mod send_instruction;
pub(crate) mod session;
mod set_checkpoint_pin;
mod since;
pub(crate) mod snapshots;
mod start_recovery;
mod start_session;
mod start_snapshot_upload;
mod update_context;
mod upload_chunk;
mod upload_chunks;
mod watch_instructions;
mod watch_session;

use std::sync::Arc;

use god33_proto::v1::session_service_server::SessionService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status, Streaming};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;

/// The service.
pub(crate) struct Sessions {
    app: Arc<App>,
    store_id: StoreId,
}

impl Sessions {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl SessionService for Sessions {
    async fn start_session(
        &self,
        request: Request<StartSessionRequest>,
    ) -> Result<Response<StartSessionResponse>, Status> {
        Ok(start_session::start_session(&self.app, request).await?)
    }

    async fn pause_session(
        &self,
        request: Request<PauseSessionRequest>,
    ) -> Result<Response<PauseSessionResponse>, Status> {
        Ok(pause_session::pause_session(&self.app, request).await?)
    }

    async fn resume_session(
        &self,
        request: Request<ResumeSessionRequest>,
    ) -> Result<Response<ResumeSessionResponse>, Status> {
        Ok(resume_session::resume_session(&self.app, request).await?)
    }

    async fn complete_session(
        &self,
        request: Request<CompleteSessionRequest>,
    ) -> Result<Response<CompleteSessionResponse>, Status> {
        Ok(complete_session::complete_session(&self.app, request).await?)
    }

    async fn fail_session(
        &self,
        request: Request<FailSessionRequest>,
    ) -> Result<Response<FailSessionResponse>, Status> {
        Ok(fail_session::fail_session(&self.app, request).await?)
    }

    async fn update_context(
        &self,
        request: Request<UpdateContextRequest>,
    ) -> Result<Response<UpdateContextResponse>, Status> {
        Ok(update_context::update_context(&self.app, request).await?)
    }

    async fn start_recovery(
        &self,
        request: Request<StartRecoveryRequest>,
    ) -> Result<Response<StartRecoveryResponse>, Status> {
        Ok(start_recovery::start_recovery(&self.app, request).await?)
    }

    async fn complete_recovery(
        &self,
        request: Request<CompleteRecoveryRequest>,
    ) -> Result<Response<CompleteRecoveryResponse>, Status> {
        Ok(complete_recovery::complete_recovery(&self.app, request).await?)
    }

    async fn get_session(&self, request: Request<GetSessionRequest>) -> Result<Response<GetSessionResponse>, Status> {
        Ok(get_session::get_session(&self.app, request).await?)
    }

    async fn list_sessions(
        &self,
        request: Request<ListSessionsRequest>,
    ) -> Result<Response<ListSessionsResponse>, Status> {
        Ok(list_sessions::list_sessions(&self.app, &self.store_id, request).await?)
    }

    async fn save_checkpoint(
        &self,
        request: Request<SaveCheckpointRequest>,
    ) -> Result<Response<SaveCheckpointResponse>, Status> {
        Ok(save_checkpoint::save_checkpoint(&self.app, request).await?)
    }

    async fn start_snapshot_upload(
        &self,
        request: Request<StartSnapshotUploadRequest>,
    ) -> Result<Response<StartSnapshotUploadResponse>, Status> {
        Ok(start_snapshot_upload::start_snapshot_upload(&self.app, request).await?)
    }

    async fn upload_chunk(
        &self,
        request: Request<UploadChunkRequest>,
    ) -> Result<Response<UploadChunkResponse>, Status> {
        Ok(upload_chunk::upload_chunk(&self.app, request).await?)
    }

    async fn get_checkpoint(
        &self,
        request: Request<GetCheckpointRequest>,
    ) -> Result<Response<GetCheckpointResponse>, Status> {
        Ok(get_checkpoint::get_checkpoint(&self.app, request).await?)
    }

    async fn list_checkpoints(
        &self,
        request: Request<ListCheckpointsRequest>,
    ) -> Result<Response<ListCheckpointsResponse>, Status> {
        Ok(list_checkpoints::list_checkpoints(&self.app, &self.store_id, request).await?)
    }

    async fn set_checkpoint_pin(
        &self,
        request: Request<SetCheckpointPinRequest>,
    ) -> Result<Response<SetCheckpointPinResponse>, Status> {
        Ok(set_checkpoint_pin::set_checkpoint_pin(&self.app, request).await?)
    }

    async fn prune_checkpoints(
        &self,
        request: Request<PruneCheckpointsRequest>,
    ) -> Result<Response<PruneCheckpointsResponse>, Status> {
        Ok(prune_checkpoints::prune_checkpoints(&self.app, request).await?)
    }

    async fn heartbeat(&self, request: Request<HeartbeatRequest>) -> Result<Response<HeartbeatResponse>, Status> {
        Ok(heartbeat::heartbeat(&self.app, request).await?)
    }

    type AttachStream = Answers<AttachResponse>;

    async fn attach(&self, request: Request<Streaming<AttachRequest>>) -> Result<Response<Self::AttachStream>, Status> {
        Ok(attach::attach(&self.app, request).await?)
    }

    type WatchInstructionsStream = Answers<WatchInstructionsResponse>;

    async fn watch_instructions(
        &self,
        request: Request<WatchInstructionsRequest>,
    ) -> Result<Response<Self::WatchInstructionsStream>, Status> {
        Ok(watch_instructions::watch_instructions(&self.app, request).await?)
    }

    async fn send_instruction(
        &self,
        request: Request<SendInstructionRequest>,
    ) -> Result<Response<SendInstructionResponse>, Status> {
        Ok(send_instruction::send_instruction(&self.app, request).await?)
    }

    type WatchSessionStream = Answers<WatchSessionResponse>;

    async fn watch_session(
        &self,
        request: Request<WatchSessionRequest>,
    ) -> Result<Response<Self::WatchSessionStream>, Status> {
        Ok(watch_session::watch_session(&self.app, request).await?)
    }

    async fn upload_chunks(
        &self,
        request: Request<Streaming<UploadChunksRequest>>,
    ) -> Result<Response<UploadChunksResponse>, Status> {
        upload_chunks::upload_chunks(&self.app, request).await
    }

    type DownloadSnapshotStream = Answers<DownloadSnapshotResponse>;

    async fn download_snapshot(
        &self,
        request: Request<DownloadSnapshotRequest>,
    ) -> Result<Response<Self::DownloadSnapshotStream>, Status> {
        Ok(download_snapshot::download_snapshot(&self.app, request).await?)
    }
}
