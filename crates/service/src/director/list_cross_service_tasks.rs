//! Lists tasks over several services, the newest first.

use god33_domain::director::{CrossServiceTask, TaskState};
use god33_proto::v1::{
    CrossServiceTaskState, ErrorReason, ListCrossServiceTasksRequest, ListCrossServiceTasksResponse,
};
use tonic::{Request, Response};

use crate::list::{any, list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, show};

pages!(ListCrossServiceTasksRequest);

pub(super) async fn list_cross_service_tasks(
    app: &App,
    store_id: &StoreId,
    request: Request<ListCrossServiceTasksRequest>,
) -> Result<Response<ListCrossServiceTasksResponse>, Failure> {
    let page = list::<_, CrossServiceTask>(app, store_id, &request, having).await?;
    let tasks = page.items.iter().map(show::message).collect::<Result<_, _>>()?;
    Ok(Response::new(ListCrossServiceTasksResponse { tasks, next_page_token: page.next }))
}

/// What chooses fewest stands first.
fn having(request: &ListCrossServiceTasksRequest, found: &mut Violations) -> Vec<Vec<String>> {
    let states: Vec<&str> = (request.states.iter().enumerate())
        .filter_map(|(index, number)| word(*number, &Path::Request.member("states").item(index), found))
        .collect();
    let conditions = [one("workflow", &request.workflow_id), one("service", &request.service), any("state", states)];
    conditions.into_iter().flatten().collect()
}

fn word(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<&'static str> {
    let state = match CrossServiceTaskState::try_from(number) {
        Ok(CrossServiceTaskState::Active) => TaskState::Active,
        Ok(CrossServiceTaskState::Validating) => TaskState::Validating,
        Ok(CrossServiceTaskState::Completed) => TaskState::Completed,
        Ok(CrossServiceTaskState::Failed) => TaskState::Failed,
        Ok(CrossServiceTaskState::Cancelled) => TaskState::Cancelled,
        Ok(CrossServiceTaskState::Unspecified) | Err(_) => {
            let why = format!("has the number {number}, which names no state: leave the list empty for any");
            found.add(at, ErrorReason::InvalidField, why);
            return None;
        }
    };
    Some(state.as_str())
}
