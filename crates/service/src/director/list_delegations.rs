//! Lists delegations, the newest first.

use god33_domain::director::{Delegation, WorkState};
use god33_proto::v1::{ErrorReason, ListDelegationsRequest, ListDelegationsResponse, ServiceWorkState};
use tonic::{Request, Response};

use crate::list::{any, list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, show};

pages!(ListDelegationsRequest);

pub(super) async fn list_delegations(
    app: &App,
    store_id: &StoreId,
    request: Request<ListDelegationsRequest>,
) -> Result<Response<ListDelegationsResponse>, Failure> {
    let page = list::<_, Delegation>(app, store_id, &request, having).await?;
    let delegations = page.items.iter().map(show::message).collect::<Result<_, _>>()?;
    Ok(Response::new(ListDelegationsResponse { delegations, next_page_token: page.next }))
}

/// What chooses fewest stands first.
fn having(request: &ListDelegationsRequest, found: &mut Violations) -> Vec<Vec<String>> {
    let states: Vec<&str> = (request.states.iter().enumerate())
        .filter_map(|(index, number)| word(*number, &Path::Request.member("states").item(index), found))
        .collect();
    let conditions = [
        one("task", &request.task_id),
        one("service", &request.service),
        one("to", &request.to_agent),
        any("state", states),
    ];
    conditions.into_iter().flatten().collect()
}

/// A delegation never waits and is never only ready: who asks for these gets none.
fn word(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<&'static str> {
    let state = match ServiceWorkState::try_from(number) {
        Ok(ServiceWorkState::Waiting) => WorkState::Waiting,
        Ok(ServiceWorkState::Ready) => WorkState::Ready,
        Ok(ServiceWorkState::Delegated) => WorkState::Delegated,
        Ok(ServiceWorkState::Completed) => WorkState::Completed,
        Ok(ServiceWorkState::Failed) => WorkState::Failed,
        Ok(ServiceWorkState::Unspecified) | Err(_) => {
            let why = format!("has the number {number}, which names no state: leave the list empty for any");
            found.add(at, ErrorReason::InvalidField, why);
            return None;
        }
    };
    Some(state.as_str())
}
