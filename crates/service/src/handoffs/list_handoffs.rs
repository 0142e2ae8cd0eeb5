//! Lists handoffs, the newest first.

use god33_domain::handoff::{Handoff, HandoffState as State};
use god33_proto::v1::{ErrorReason, HandoffState, ListHandoffsRequest, ListHandoffsResponse};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::list::{any, list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

pages!(ListHandoffsRequest);

pub(super) async fn list_handoffs(
    app: &App,
    store_id: &StoreId,
    request: Request<ListHandoffsRequest>,
) -> Result<Response<ListHandoffsResponse>, Failure> {
    let page = list::<_, Handoff>(app, store_id, &request, having).await?;
    let handoffs = page.items.iter().map(|handoff| lease::message(app, handoff)).collect::<Result<_, _>>()?;
    Ok(Response::new(ListHandoffsResponse { handoffs, next_page_token: page.next }))
}

/// What chooses fewest stands first.
fn having(request: &ListHandoffsRequest, found: &mut Violations) -> Vec<Vec<String>> {
    let states: Vec<&str> = (request.states.iter().enumerate())
        .filter_map(|(index, number)| word(*number, &Path::Request.member("states").item(index), found))
        .collect();
    let conditions = [
        one("session", &request.session_id),
        one("workflow", &request.workflow_id),
        one("to", &request.to_agent),
        one("from", &request.from_agent),
        any("state", states),
    ];
    conditions.into_iter().flatten().collect()
}

fn word(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<&'static str> {
    let state = match HandoffState::try_from(number) {
        Ok(HandoffState::Offered) => State::Offered,
        Ok(HandoffState::Accepted) => State::Accepted,
        Ok(HandoffState::Blocked) => State::Blocked,
        Ok(HandoffState::Completed) => State::Completed,
        Ok(HandoffState::Failed) => State::Failed,
        Ok(HandoffState::Declined) => State::Declined,
        Ok(HandoffState::Expired) => State::Expired,
        Ok(HandoffState::Cancelled) => State::Cancelled,
        Ok(HandoffState::Unspecified) | Err(_) => {
            let why = format!("has the number {number}, which names no state: leave the list empty for any");
            found.add(at, ErrorReason::InvalidField, why);
            return None;
        }
    };
    Some(state.as_str())
}
