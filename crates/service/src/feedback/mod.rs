//! `FeedbackService`: agents ask, people answer.

mod answer_feedback;
mod cancel_feedback;
mod delegate_feedback;
mod delivery;
mod filter;
mod get_question;
mod inbox;
mod list_questions;
mod request_feedback;
mod wait_for_answer;
mod watch_questions;

use std::sync::Arc;

use god33_proto::v1::feedback_service_server::FeedbackService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;

/// The service.
pub(crate) struct Feedback {
    app: Arc<App>,
    store_id: StoreId,
}

impl Feedback {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl FeedbackService for Feedback {
    async fn request_feedback(
        &self,
        request: Request<RequestFeedbackRequest>,
    ) -> Result<Response<RequestFeedbackResponse>, Status> {
        Ok(request_feedback::request_feedback(&self.app, request).await?)
    }

    async fn answer_feedback(
        &self,
        request: Request<AnswerFeedbackRequest>,
    ) -> Result<Response<AnswerFeedbackResponse>, Status> {
        Ok(answer_feedback::answer_feedback(&self.app, request).await?)
    }

    async fn delegate_feedback(
        &self,
        request: Request<DelegateFeedbackRequest>,
    ) -> Result<Response<DelegateFeedbackResponse>, Status> {
        Ok(delegate_feedback::delegate_feedback(&self.app, request).await?)
    }

    async fn cancel_feedback(
        &self,
        request: Request<CancelFeedbackRequest>,
    ) -> Result<Response<CancelFeedbackResponse>, Status> {
        Ok(cancel_feedback::cancel_feedback(&self.app, request).await?)
    }

    async fn wait_for_answer(
        &self,
        request: Request<WaitForAnswerRequest>,
    ) -> Result<Response<WaitForAnswerResponse>, Status> {
        Ok(wait_for_answer::wait_for_answer(&self.app, request).await?)
    }

    async fn get_question(
        &self,
        request: Request<GetQuestionRequest>,
    ) -> Result<Response<GetQuestionResponse>, Status> {
        Ok(get_question::get_question(&self.app, request).await?)
    }

    async fn list_questions(
        &self,
        request: Request<ListQuestionsRequest>,
    ) -> Result<Response<ListQuestionsResponse>, Status> {
        Ok(list_questions::list_questions(&self.app, &self.store_id, request).await?)
    }

    type WatchQuestionsStream = Answers<WatchQuestionsResponse>;

    async fn watch_questions(
        &self,
        request: Request<WatchQuestionsRequest>,
    ) -> Result<Response<Self::WatchQuestionsStream>, Status> {
        Ok(watch_questions::watch_questions(&self.app, request).await?)
    }
}
