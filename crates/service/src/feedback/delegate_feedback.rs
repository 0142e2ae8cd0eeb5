//! Passes a question on.

use god33_domain::command::Author;
use god33_domain::feedback::{DelegateFeedback, Question};
use god33_proto::v1::{DelegateFeedbackRequest, DelegateFeedbackResponse, ErrorReason};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(DelegateFeedbackRequest);

pub(super) async fn delegate_feedback(
    app: &App,
    request: Request<DelegateFeedbackRequest>,
) -> Result<Response<DelegateFeedbackResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(DelegateFeedbackResponse {
        question: Some(done.state::<Question, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &DelegateFeedbackRequest, author: Author, found: &mut Violations) -> Option<DelegateFeedback> {
    let at = |name| Path::Member(&Path::Request, name);
    let question_id = id::uuid(&request.question_id, &at("question_id"), found);
    let assignee = plain_text::optional(&request.assignee, 255, ErrorReason::InvalidField, &at("assignee"), found);
    if assignee.is_none() {
        found.add(&at("assignee"), ErrorReason::InvalidField, "is required: the person or group that is asked now");
    }
    let delegated_by =
        plain_text::optional(&request.delegated_by, 255, ErrorReason::InvalidField, &at("delegated_by"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    let (question_id, assignee) = (question_id?.to_string(), assignee?);
    Some(DelegateFeedback { author, question_id, assignee, delegated_by, reason })
}
