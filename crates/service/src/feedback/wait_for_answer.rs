//! Waits until a question is answered, or ended otherwise.

use std::time::Duration;

use god33_domain::feedback::{Question, QuestionState};
use god33_domain::state::StateKind;
use god33_log::{Delivery, SubscribeError};
use god33_proto::v1::{ErrorReason, WaitForAnswerRequest, WaitForAnswerResponse};
use tokio::time::{Instant, timeout_at};
use tonic::{Request, Response};

use super::delivery;
use crate::show::{self, Shown};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, wait};
use crate::{Action, App, Principal, watch};

/// How long to wait when the request does not say, and at most.
const WAIT: Duration = Duration::from_secs(30);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What can end a question.
const TYPES: [&str; 1] = ["agent.feedback.#"];

pub(super) async fn wait_for_answer(
    app: &App,
    request: Request<WaitForAnswerRequest>,
) -> Result<Response<WaitForAnswerResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let Wanted { question_id, wait, session_id } = parse(request.get_ref())?;
    let shown = wait_for(app, principal, &question_id, Instant::now() + wait).await?;
    let reader = app.reader(principal, Action::ReadStates(StateKind::Question, Some(&question_id)), 0).await?;
    if let Some(session_id) = session_id {
        delivery::received(app, principal, &reader, &shown.state, &session_id).await?;
    }
    Ok(Response::new(WaitForAnswerResponse {
        question: Some(delivery::message(&reader, &shown.state).await?),
        position: shown.position.max(shown.state.position).get(),
    }))
}

struct Wanted {
    question_id: String,
    wait: Duration,
    session_id: Option<String>,
}

fn parse(request: &WaitForAnswerRequest) -> Result<Wanted, Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    let question_id = id::uuid(&request.question_id, &at("question_id"), &mut found);
    let wait = wait::parse(request.wait.as_ref(), WAIT, LONGEST_WAIT, &at("wait"), &mut found);
    let session_id =
        plain_text::optional(&request.session_id, 255, ErrorReason::InvalidField, &at("session_id"), &mut found);
    found.finish()?;
    let question_id = question_id.ok_or_else(|| Failure::defect("a wait had no fault and names no question"))?;
    Ok(Wanted { question_id: question_id.to_string(), wait, session_id })
}

/// The question as it ended, or as it is when the time is over or the server stops.
async fn wait_for(app: &App, principal: &Principal, id: &str, until: Instant) -> Result<Shown<Question>, Failure> {
    let mut shown = show::find::<Question>(app, principal, id, 0).await?;
    if shown.state.state != QuestionState::Open {
        return Ok(shown);
    }
    let reader = app.reader(principal, Action::ReadStates(StateKind::Question, Some(id)), 0).await?;
    let mut changes = watch::follow(&reader, &TYPES, shown.position).await?;
    while shown.state.state == QuestionState::Open {
        let event = match timeout_at(until, changes.next()).await {
            Ok(Some(Ok(Delivery::Event(event)))) => event,
            Ok(Some(Ok(_))) => continue,
            Ok(Some(Err(SubscribeError::ShuttingDown { .. })) | None) | Err(_) => break,
            Ok(Some(Err(error))) => return Err(error.into()),
        };
        if event.belonging.about.question.as_deref() == Some(id) {
            shown = show::find(app, principal, id, event.position.get()).await?;
        }
    }
    Ok(shown)
}
