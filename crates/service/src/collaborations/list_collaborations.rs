//! Lists collaborations, the newest first.

use god33_domain::collaboration::{Collaboration, CollaborationState as State};
use god33_proto::v1::{CollaborationState, ErrorReason, ListCollaborationsRequest, ListCollaborationsResponse};
use tonic::{Request, Response};

use crate::list::{any, list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, show};

pages!(ListCollaborationsRequest);

pub(super) async fn list_collaborations(
    app: &App,
    store_id: &StoreId,
    request: Request<ListCollaborationsRequest>,
) -> Result<Response<ListCollaborationsResponse>, Failure> {
    let page = list::<_, Collaboration>(app, store_id, &request, having).await?;
    let collaborations = page.items.iter().map(show::message).collect::<Result<_, _>>()?;
    Ok(Response::new(ListCollaborationsResponse { collaborations, next_page_token: page.next }))
}

/// What chooses fewest stands first.
fn having(request: &ListCollaborationsRequest, found: &mut Violations) -> Vec<Vec<String>> {
    let states: Vec<&str> = (request.states.iter().enumerate())
        .filter_map(|(index, number)| word(*number, &Path::Request.member("states").item(index), found))
        .collect();
    let conditions = [one("workflow", &request.workflow_id), one("agent", &request.agent_id), any("state", states)];
    conditions.into_iter().flatten().collect()
}

fn word(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<&'static str> {
    let state = match CollaborationState::try_from(number) {
        Ok(CollaborationState::Active) => State::Active,
        Ok(CollaborationState::Completed) => State::Completed,
        Ok(CollaborationState::Failed) => State::Failed,
        Ok(CollaborationState::Unspecified) | Err(_) => {
            let why = format!("has the number {number}, which names no state: leave the list empty for any");
            found.add(at, ErrorReason::InvalidField, why);
            return None;
        }
    };
    Some(state.as_str())
}
