//! `SessionService`: sessions of agents, their checkpoints and their recovery.

mod attach;
mod attach_snapshot;
mod chunk;
mod download_snapshot;
mod heartbeat;
mod instructions;
mod link;
mod prune_checkpoints;
mod send_instruction;
pub(crate) mod session;
pub(crate) mod snapshots;
mod start_snapshot_upload;
mod upload_chunk;
mod upload_chunks;
mod watch_instructions;

use std::sync::Arc;

use god33_proto::v1::session_service_server::SessionService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status, Streaming};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;
use crate::wire::status::Failure;

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

/// The answer of a call that is not offered yet.
fn later<T>(call: &str) -> Result<T, Status> {
    Err(Failure::not_implemented(&format!("god33.v1.SessionService/{call}")).into())
}

#[tonic::async_trait]
impl SessionService for Sessions {
    async fn start_session(
        &self,
        _request: Request<StartSessionRequest>,
    ) -> Result<Response<StartSessionResponse>, Status> {
        later("StartSession")
    }

    async fn pause_session(
        &self,
        _request: Request<PauseSessionRequest>,
    ) -> Result<Response<PauseSessionResponse>, Status> {
        later("PauseSession")
    }

    async fn resume_session(
        &self,
        _request: Request<ResumeSessionRequest>,
    ) -> Result<Response<ResumeSessionResponse>, Status> {
        later("ResumeSession")
    }

    async fn complete_session(
        &self,
        _request: Request<CompleteSessionRequest>,
    ) -> Result<Response<CompleteSessionResponse>, Status> {
        later("CompleteSession")
    }

    async fn fail_session(
        &self,
        _request: Request<FailSessionRequest>,
    ) -> Result<Response<FailSessionResponse>, Status> {
        later("FailSession")
    }

    async fn update_context(
        &self,
        _request: Request<UpdateContextRequest>,
    ) -> Result<Response<UpdateContextResponse>, Status> {
        later("UpdateContext")
    }

    async fn start_recovery(
        &self,
        _request: Request<StartRecoveryRequest>,
    ) -> Result<Response<StartRecoveryResponse>, Status> {
        later("StartRecovery")
    }

    async fn complete_recovery(
        &self,
        _request: Request<CompleteRecoveryRequest>,
    ) -> Result<Response<CompleteRecoveryResponse>, Status> {
        later("CompleteRecovery")
    }

    async fn get_session(&self, _request: Request<GetSessionRequest>) -> Result<Response<GetSessionResponse>, Status> {
        later("GetSession")
    }

    async fn list_sessions(
        &self,
        _request: Request<ListSessionsRequest>,
    ) -> Result<Response<ListSessionsResponse>, Status> {
        later("ListSessions")
    }

    async fn save_checkpoint(
        &self,
        _request: Request<SaveCheckpointRequest>,
    ) -> Result<Response<SaveCheckpointResponse>, Status> {
        later("SaveCheckpoint")
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
        _request: Request<GetCheckpointRequest>,
    ) -> Result<Response<GetCheckpointResponse>, Status> {
        later("GetCheckpoint")
    }

    async fn list_checkpoints(
        &self,
        _request: Request<ListCheckpointsRequest>,
    ) -> Result<Response<ListCheckpointsResponse>, Status> {
        later("ListCheckpoints")
    }

    async fn set_checkpoint_pin(
        &self,
        _request: Request<SetCheckpointPinRequest>,
    ) -> Result<Response<SetCheckpointPinResponse>, Status> {
        later("SetCheckpointPin")
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
        _request: Request<WatchSessionRequest>,
    ) -> Result<Response<Self::WatchSessionStream>, Status> {
        later("WatchSession")
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
