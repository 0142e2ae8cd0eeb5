//! `EventStoreService`: the log. Append, read, follow causes, subscribe, replay (whose verbs are in [`crate::replays`]).

mod append_events;
mod append_stream;
mod batch_get_events;
mod fetch;
mod get_causation_graph;
mod get_descendants_summary;
mod get_event;
mod get_log_info;
mod list_ancestors;
mod list_common_ancestors;
mod list_descendants;
mod list_event_types;
mod list_events;
mod list_paths;
pub(crate) mod pages;
mod subscribe;
mod validate_events;
mod walk;

use std::pin::Pin;
use std::sync::Arc;

use futures::Stream;
use god33_proto::v1::event_store_service_server::EventStoreService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status, Streaming};

use crate::wire::page_token::StoreId;
use crate::{App, replays};

/// The service.
pub(crate) struct EventStore {
    app: Arc<App>,
    store_id: StoreId,
}

impl EventStore {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

/// What a stream answers, message by message.
pub(crate) type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl EventStoreService for EventStore {
    async fn append_events(
        &self,
        request: Request<AppendEventsRequest>,
    ) -> Result<Response<AppendEventsResponse>, Status> {
        Ok(append_events::append_events(&self.app, request).await?)
    }

    type AppendStreamStream = Answers<AppendStreamResponse>;

    async fn append_stream(
        &self,
        request: Request<Streaming<AppendStreamRequest>>,
    ) -> Result<Response<Self::AppendStreamStream>, Status> {
        Ok(append_stream::append_stream(&self.app, request)?)
    }

    async fn validate_events(
        &self,
        request: Request<ValidateEventsRequest>,
    ) -> Result<Response<ValidateEventsResponse>, Status> {
        Ok(validate_events::validate_events(&self.app, request).await?)
    }

    async fn get_event(&self, request: Request<GetEventRequest>) -> Result<Response<GetEventResponse>, Status> {
        Ok(get_event::get_event(&self.app, request).await?)
    }

    async fn batch_get_events(
        &self,
        request: Request<BatchGetEventsRequest>,
    ) -> Result<Response<BatchGetEventsResponse>, Status> {
        Ok(batch_get_events::batch_get_events(&self.app, request).await?)
    }

    async fn list_events(&self, request: Request<ListEventsRequest>) -> Result<Response<ListEventsResponse>, Status> {
        Ok(list_events::list_events(&self.app, &self.store_id, request).await?)
    }

    async fn list_ancestors(
        &self,
        request: Request<ListAncestorsRequest>,
    ) -> Result<Response<ListAncestorsResponse>, Status> {
        Ok(list_ancestors::list_ancestors(&self.app, &self.store_id, request).await?)
    }

    async fn list_descendants(
        &self,
        request: Request<ListDescendantsRequest>,
    ) -> Result<Response<ListDescendantsResponse>, Status> {
        Ok(list_descendants::list_descendants(&self.app, &self.store_id, request).await?)
    }

    async fn get_causation_graph(
        &self,
        request: Request<GetCausationGraphRequest>,
    ) -> Result<Response<GetCausationGraphResponse>, Status> {
        Ok(get_causation_graph::get_causation_graph(&self.app, request).await?)
    }

    async fn list_paths(&self, request: Request<ListPathsRequest>) -> Result<Response<ListPathsResponse>, Status> {
        Ok(list_paths::list_paths(&self.app, request).await?)
    }

    async fn list_common_ancestors(
        &self,
        request: Request<ListCommonAncestorsRequest>,
    ) -> Result<Response<ListCommonAncestorsResponse>, Status> {
        Ok(list_common_ancestors::list_common_ancestors(&self.app, request).await?)
    }

    async fn get_descendants_summary(
        &self,
        request: Request<GetDescendantsSummaryRequest>,
    ) -> Result<Response<GetDescendantsSummaryResponse>, Status> {
        Ok(get_descendants_summary::get_descendants_summary(&self.app, request).await?)
    }

    type SubscribeStream = Answers<SubscribeResponse>;

    async fn subscribe(&self, request: Request<SubscribeRequest>) -> Result<Response<Self::SubscribeStream>, Status> {
        Ok(subscribe::subscribe(&self.app, request).await?)
    }

    async fn list_event_types(
        &self,
        request: Request<ListEventTypesRequest>,
    ) -> Result<Response<ListEventTypesResponse>, Status> {
        Ok(list_event_types::list_event_types(&self.app, &self.store_id, request).await?)
    }

    async fn get_log_info(&self, request: Request<GetLogInfoRequest>) -> Result<Response<GetLogInfoResponse>, Status> {
        Ok(get_log_info::get_log_info(&self.app, request).await?)
    }

    async fn plan_replay(&self, request: Request<PlanReplayRequest>) -> Result<Response<PlanReplayResponse>, Status> {
        Ok(replays::plan_replay(&self.app, request).await?)
    }

    async fn start_replay(
        &self,
        request: Request<StartReplayRequest>,
    ) -> Result<Response<StartReplayResponse>, Status> {
        Ok(replays::start_replay(&self.app, request).await?)
    }

    async fn get_replay(&self, request: Request<GetReplayRequest>) -> Result<Response<GetReplayResponse>, Status> {
        Ok(replays::get_replay(&self.app, request).await?)
    }

    async fn list_replays(
        &self,
        request: Request<ListReplaysRequest>,
    ) -> Result<Response<ListReplaysResponse>, Status> {
        Ok(replays::list_replays(&self.app, request).await?)
    }

    async fn pause_replay(
        &self,
        request: Request<PauseReplayRequest>,
    ) -> Result<Response<PauseReplayResponse>, Status> {
        Ok(replays::pause_replay(&self.app, request).await?)
    }

    async fn resume_replay(
        &self,
        request: Request<ResumeReplayRequest>,
    ) -> Result<Response<ResumeReplayResponse>, Status> {
        Ok(replays::resume_replay(&self.app, request).await?)
    }

    async fn cancel_replay(
        &self,
        request: Request<CancelReplayRequest>,
    ) -> Result<Response<CancelReplayResponse>, Status> {
        Ok(replays::cancel_replay(&self.app, request).await?)
    }

    type StreamReplayStream = Answers<StreamReplayResponse>;

    async fn stream_replay(
        &self,
        request: Request<StreamReplayRequest>,
    ) -> Result<Response<Self::StreamReplayStream>, Status> {
        Ok(replays::stream_replay(&self.app, request).await?)
    }
}
