//! Lists sessions, the newest first.

use god33_domain::session::{Session, SessionStatus as Status};
use god33_proto::v1::{ErrorReason, ListSessionsRequest, ListSessionsResponse, SessionStatus};
use tonic::{Request, Response};

use super::session;
use crate::App;
use crate::list::{any, list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

pages!(ListSessionsRequest);

pub(super) async fn list_sessions(
    app: &App,
    store_id: &StoreId,
    request: Request<ListSessionsRequest>,
) -> Result<Response<ListSessionsResponse>, Failure> {
    let page = list::<_, Session>(app, store_id, &request, having).await?;
    let sessions = session::messages(app, &page.items).await?;
    Ok(Response::new(ListSessionsResponse { sessions, next_page_token: page.next }))
}

/// What chooses fewest stands first.
fn having(request: &ListSessionsRequest, found: &mut Violations) -> Vec<Vec<String>> {
    let statuses: Vec<&str> = (request.statuses.iter().enumerate())
        .filter_map(|(index, number)| word(*number, &Path::Request.member("statuses").item(index), found))
        .collect();
    let conditions = [one("workflow", &request.workflow_id), one("agent", &request.agent), any("status", statuses)];
    conditions.into_iter().flatten().collect()
}

fn word(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<&'static str> {
    let status = match SessionStatus::try_from(number) {
        Ok(SessionStatus::Unspecified) => return Some("unknown"),
        Ok(SessionStatus::Active) => Status::Active,
        Ok(SessionStatus::Paused) => Status::Paused,
        Ok(SessionStatus::Completed) => Status::Completed,
        Ok(SessionStatus::Failed) => Status::Failed,
        Err(_) => {
            let why = format!("has the number {number}, which names no state: leave the list empty for any");
            found.add(at, ErrorReason::InvalidField, why);
            return None;
        }
    };
    Some(status.as_str())
}
