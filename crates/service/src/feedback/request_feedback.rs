//! Asks people.

use god33_domain::command::Author;
use god33_domain::feedback::{Question, RequestFeedback};
use god33_proto::v1::{ErrorReason, FeedbackRequested, RequestFeedbackRequest, RequestFeedbackResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{payload, plain_text};

asks!(RequestFeedbackRequest);

pub(super) async fn request_feedback(
    app: &App,
    request: Request<RequestFeedbackRequest>,
) -> Result<Response<RequestFeedbackResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(RequestFeedbackResponse {
        question: Some(done.state::<Question, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &RequestFeedbackRequest, author: Author, found: &mut Violations) -> Option<RequestFeedback> {
    let at = Path::Request.member("feedback");
    let Some(feedback) = &request.feedback else {
        found.add(&at, ErrorReason::InvalidField, "is required: say at least question");
        return None;
    };
    check_names(feedback, &at, found);
    Some(RequestFeedback { author, feedback: payload::draft(feedback, &at, found)?.into_json() })
}

/// What names somebody must be a name, or the question would go to nobody.
fn check_names(feedback: &FeedbackRequested, at: &Path<'_>, found: &mut Violations) {
    let FeedbackRequested { from_agent, session_id, assignee, escalate_to, .. } = feedback;
    let names =
        [("from_agent", from_agent), ("session_id", session_id), ("assignee", assignee), ("escalate_to", escalate_to)];
    for (member, name) in names {
        plain_text::optional(name, 255, ErrorReason::InvalidField, &at.member(member), found);
    }
}
