//! Answers a question.

use god33_domain::command::Author;
use god33_domain::feedback::{AnswerFeedback, Question};
use god33_proto::v1::{AnswerFeedbackRequest, AnswerFeedbackResponse, ErrorReason};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, json, plain_text, text};

asks!(AnswerFeedbackRequest);

pub(super) async fn answer_feedback(
    app: &App,
    request: Request<AnswerFeedbackRequest>,
) -> Result<Response<AnswerFeedbackResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(AnswerFeedbackResponse {
        question: Some(done.state::<Question, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &AnswerFeedbackRequest, author: Author, found: &mut Violations) -> Option<AnswerFeedback> {
    let at = |name| Path::Member(&Path::Request, name);
    let question_id = id::uuid(&request.question_id, &at("question_id"), found);
    let decision = text::required(&request.decision, &at("decision"), found);
    let rationale = text::prose(&request.rationale, &at("rationale"), found);
    let answered_by =
        plain_text::optional(&request.answered_by, 255, ErrorReason::InvalidField, &at("answered_by"), found);
    let context = request.answer_context.as_ref();
    let answer_context = context.map(|context| json::write_open(context, &at("answer_context"), found));
    let (question_id, decision) = (question_id?.to_string(), decision?);
    Some(AnswerFeedback { author, question_id, decision, rationale, answered_by, answer_context })
}
