//! Asking people, and doing what they decide.

use god33_proto::v1::feedback_service_client::FeedbackServiceClient;
use god33_proto::v1::{
    ContextUpdated, FeedbackRequested, Question, RequestFeedbackRequest, ResumeSessionRequest, UpdateContextRequest,
    WaitForAnswerRequest,
};

use super::{Agent, WAIT, sessions};
use crate::patterns::line::request_id;

impl Agent {
    /// Asks people. Gives back the question's id.
    pub(in crate::patterns) async fn asks(&self, feedback: FeedbackRequested) -> String {
        let feedback = FeedbackRequested { session_id: self.session_id.clone(), ..feedback };
        let request = RequestFeedbackRequest {
            request_id: request_id(),
            feedback: Some(feedback),
            ..RequestFeedbackRequest::default()
        };
        let asked = async |channel, request| FeedbackServiceClient::new(channel).request_feedback(request).await;
        self.line.ask(request, asked).await.question.unwrap().question_id
    }

    /// Waits until somebody has answered.
    pub(in crate::patterns) async fn hears_answer(&self, question_id: &str) -> Question {
        loop {
            let request = WaitForAnswerRequest {
                question_id: question_id.into(),
                wait: Some(WAIT),
                session_id: self.session_id.clone(),
            };
            let asked = async |channel, request| FeedbackServiceClient::new(channel).wait_for_answer(request).await;
            let question = self.line.ask(request, asked).await.question.unwrap();
            if !question.decision.is_empty() {
                return question;
            }
        }
    }

    /// Makes a decision part of what it knows.
    pub(in crate::patterns) async fn incorporates(&self, decision: &str) {
        let update = ContextUpdated {
            session_id: self.session_id.clone(),
            decision_incorporated: decision.into(),
            ..ContextUpdated::default()
        };
        let request =
            UpdateContextRequest { request_id: request_id(), update: Some(update), ..UpdateContextRequest::default() };
        self.line.ask(request, async |channel, request| sessions(channel).update_context(request).await).await;
    }

    /// Goes on by itself, from a checkpoint.
    pub(in crate::patterns) async fn resumes(&self, checkpoint_id: &str) {
        let request = ResumeSessionRequest {
            request_id: request_id(),
            session_id: self.session_id.clone(),
            resuming_from_checkpoint: checkpoint_id.into(),
            ..ResumeSessionRequest::default()
        };
        self.line.ask(request, async |channel, request| sessions(channel).resume_session(request).await).await;
    }
}
