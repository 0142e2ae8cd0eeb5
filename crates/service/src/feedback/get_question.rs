//! Reads a question.

use god33_domain::feedback::Question;
use god33_domain::state::StateKind;
use god33_proto::v1::{GetQuestionRequest, GetQuestionResponse};
use tonic::{Request, Response};

use super::delivery;
use crate::wire::id;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{Action, App, Principal, show};

pub(super) async fn get_question(
    app: &App,
    request: Request<GetQuestionRequest>,
) -> Result<Response<GetQuestionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = id::required_uuid(&request.question_id, &Path::Request.member("question_id"))?;
    let shown = show::find::<Question>(app, principal, &id, request.min_position).await?;
    let reader = app.reader(principal, Action::ReadStates(StateKind::Question, Some(&id)), 0).await?;
    Ok(Response::new(GetQuestionResponse {
        question: Some(delivery::message(&reader, &shown.state).await?),
        position: shown.position.max(shown.state.position).get(),
    }))
}
