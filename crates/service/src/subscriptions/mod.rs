//! `SubscriptionService`: durable subscriptions, whose consumers share the work on a stream of events.

mod acknowledge;
mod change;
mod consume;
mod consumer;
mod create_subscription;
mod delete_subscription;
mod deliver;
mod get_projector_cursor;
mod get_subscription;
mod list_parked_events;
mod list_subscriptions;
mod parked;
mod reject;
mod replay_parked_events;
mod seek_subscription;
mod set_subscription_paused;
mod settings;
mod settlement;
mod shown;
mod skip_parked_events;
mod update_subscription;

use std::sync::Arc;

use god33_proto::v1::subscription_service_server::SubscriptionService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status, Streaming};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;

/// The service.
pub(crate) struct Subscriptions {
    app: Arc<App>,
    store_id: StoreId,
}

impl Subscriptions {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl SubscriptionService for Subscriptions {
    async fn create_subscription(
        &self,
        request: Request<CreateSubscriptionRequest>,
    ) -> Result<Response<CreateSubscriptionResponse>, Status> {
        Ok(create_subscription::create_subscription(&self.app, request).await?)
    }

    async fn update_subscription(
        &self,
        request: Request<UpdateSubscriptionRequest>,
    ) -> Result<Response<UpdateSubscriptionResponse>, Status> {
        Ok(update_subscription::update_subscription(&self.app, request).await?)
    }

    async fn delete_subscription(
        &self,
        request: Request<DeleteSubscriptionRequest>,
    ) -> Result<Response<DeleteSubscriptionResponse>, Status> {
        Ok(delete_subscription::delete_subscription(&self.app, request).await?)
    }

    async fn get_subscription(
        &self,
        request: Request<GetSubscriptionRequest>,
    ) -> Result<Response<GetSubscriptionResponse>, Status> {
        Ok(get_subscription::get_subscription(&self.app, request).await?)
    }

    async fn list_subscriptions(
        &self,
        request: Request<ListSubscriptionsRequest>,
    ) -> Result<Response<ListSubscriptionsResponse>, Status> {
        Ok(list_subscriptions::list_subscriptions(&self.app, &self.store_id, request).await?)
    }

    async fn seek_subscription(
        &self,
        request: Request<SeekSubscriptionRequest>,
    ) -> Result<Response<SeekSubscriptionResponse>, Status> {
        Ok(seek_subscription::seek_subscription(&self.app, request).await?)
    }

    async fn set_subscription_paused(
        &self,
        request: Request<SetSubscriptionPausedRequest>,
    ) -> Result<Response<SetSubscriptionPausedResponse>, Status> {
        Ok(set_subscription_paused::set_subscription_paused(&self.app, request).await?)
    }

    type ConsumeStream = Answers<ConsumeResponse>;

    async fn consume(
        &self,
        request: Request<Streaming<ConsumeRequest>>,
    ) -> Result<Response<Self::ConsumeStream>, Status> {
        Ok(consume::consume(&self.app, request).await?)
    }

    type DeliverStream = Answers<DeliverResponse>;

    async fn deliver(&self, request: Request<DeliverRequest>) -> Result<Response<Self::DeliverStream>, Status> {
        Ok(deliver::deliver(&self.app, request).await?)
    }

    async fn acknowledge(&self, request: Request<AcknowledgeRequest>) -> Result<Response<AcknowledgeResponse>, Status> {
        Ok(acknowledge::acknowledge(&self.app, request).await?)
    }

    async fn reject(&self, request: Request<RejectRequest>) -> Result<Response<RejectResponse>, Status> {
        Ok(reject::reject(&self.app, request).await?)
    }

    async fn list_parked_events(
        &self,
        request: Request<ListParkedEventsRequest>,
    ) -> Result<Response<ListParkedEventsResponse>, Status> {
        Ok(list_parked_events::list_parked_events(&self.app, &self.store_id, request).await?)
    }

    async fn replay_parked_events(
        &self,
        request: Request<ReplayParkedEventsRequest>,
    ) -> Result<Response<ReplayParkedEventsResponse>, Status> {
        Ok(replay_parked_events::replay_parked_events(&self.app, request).await?)
    }

    async fn skip_parked_events(
        &self,
        request: Request<SkipParkedEventsRequest>,
    ) -> Result<Response<SkipParkedEventsResponse>, Status> {
        Ok(skip_parked_events::skip_parked_events(&self.app, request).await?)
    }

    async fn get_projector_cursor(
        &self,
        request: Request<GetProjectorCursorRequest>,
    ) -> Result<Response<GetProjectorCursorResponse>, Status> {
        Ok(get_projector_cursor::get_projector_cursor(&self.app, request).await?)
    }
}
