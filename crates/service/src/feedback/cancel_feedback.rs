//! Withdraws a question.

use god33_domain::command::Author;
use god33_domain::feedback::{CancelFeedback, Question};
use god33_proto::v1::{CancelFeedbackRequest, CancelFeedbackResponse, ErrorReason};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(CancelFeedbackRequest);

pub(super) async fn cancel_feedback(
    app: &App,
    request: Request<CancelFeedbackRequest>,
) -> Result<Response<CancelFeedbackResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CancelFeedbackResponse {
        question: Some(done.state::<Question, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CancelFeedbackRequest, author: Author, found: &mut Violations) -> Option<CancelFeedback> {
    let at = |name| Path::Member(&Path::Request, name);
    let question_id = id::uuid(&request.question_id, &at("question_id"), found);
    let cancelled_by =
        plain_text::optional(&request.cancelled_by, 255, ErrorReason::InvalidField, &at("cancelled_by"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(CancelFeedback { author, question_id: question_id?.to_string(), cancelled_by, reason })
}
