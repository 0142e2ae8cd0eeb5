//! A person, who reads what agents ask and answers.

use god33_proto::v1::feedback_service_client::FeedbackServiceClient;
use god33_proto::v1::{AnswerFeedbackRequest, GetQuestionRequest, ListQuestionsRequest, Question};
use god33_service::text::message_text;
use serde_json::Value;

use crate::patterns::line::{Line, request_id};
use crate::patterns::world::World;

/// A person.
pub(in crate::patterns) struct Person {
    line: Line,
    name: String,
}

impl Person {
    pub(in crate::patterns) fn named(world: &World, name: &str) -> Self {
        Self { line: world.line(), name: name.to_owned() }
    }

    /// What agents wait for, the most urgent first.
    pub(in crate::patterns) async fn inbox(&self) -> Vec<Value> {
        let asked = async |channel, request| FeedbackServiceClient::new(channel).list_questions(request).await;
        let questions = self.line.ask(ListQuestionsRequest::default(), asked).await.questions;
        questions.iter().map(json).collect()
    }

    /// A question as it is.
    pub(in crate::patterns) async fn question(&self, question_id: &str) -> Value {
        let request = GetQuestionRequest { question_id: question_id.into(), ..GetQuestionRequest::default() };
        let asked = async |channel, request| FeedbackServiceClient::new(channel).get_question(request).await;
        json(&self.line.ask(request, asked).await.question.unwrap())
    }

    /// Decides, and says why.
    pub(in crate::patterns) async fn answers(&self, question_id: &str, decision: &str, rationale: &str) {
        let request = AnswerFeedbackRequest {
            request_id: request_id(),
            question_id: question_id.into(),
            decision: decision.into(),
            rationale: rationale.into(),
            answered_by: self.name.clone(),
            ..AnswerFeedbackRequest::default()
        };
        let asked = async |channel, request| FeedbackServiceClient::new(channel).answer_feedback(request).await;
        self.line.ask(request, asked).await;
    }
}

fn json(question: &Question) -> Value {
    serde_json::from_str(&message_text(question)).unwrap()
}
