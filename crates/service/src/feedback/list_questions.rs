//! Lists questions: the most urgent first.

use god33_domain::feedback::Question;
use god33_domain::state::StateKind;
use god33_proto::v1::{ListQuestionsRequest, ListQuestionsResponse};
use tonic::{Request, Response};

use super::{delivery, filter};
use crate::list::{list, pages};
use crate::wire::page_token::StoreId;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

pages!(ListQuestionsRequest);

pub(super) async fn list_questions(
    app: &App,
    store_id: &StoreId,
    request: Request<ListQuestionsRequest>,
) -> Result<Response<ListQuestionsResponse>, Failure> {
    let having = |request: &ListQuestionsRequest, found: &mut _| filter::parse(request.filter.as_ref(), found);
    let page = list::<_, Question>(app, store_id, &request, having).await?;
    let principal = Principal::of(request.extensions())?;
    let reader = app.reader(principal, Action::ReadStates(StateKind::Question, None), 0).await?;
    let questions = delivery::messages(&reader, &page.items).await?;
    Ok(Response::new(ListQuestionsResponse { questions, next_page_token: page.next }))
}
