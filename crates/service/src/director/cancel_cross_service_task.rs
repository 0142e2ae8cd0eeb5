//! Ends a task that is not wanted any more.

use god33_domain::command::Author;
use god33_domain::director::{CancelCrossServiceTask, CrossServiceTask};
use god33_proto::v1::{CancelCrossServiceTaskRequest, CancelCrossServiceTaskResponse, ErrorReason};
use tonic::{Request, Response};

use super::said::id_of;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{plain_text, text};

asks!(CancelCrossServiceTaskRequest);

pub(super) async fn cancel_cross_service_task(
    app: &App,
    request: Request<CancelCrossServiceTaskRequest>,
) -> Result<Response<CancelCrossServiceTaskResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CancelCrossServiceTaskResponse {
        task: Some(done.state::<CrossServiceTask, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &CancelCrossServiceTaskRequest,
    author: Author,
    found: &mut Violations,
) -> Option<CancelCrossServiceTask> {
    let at = |name| Path::Member(&Path::Request, name);
    let task_id = id_of(&request.task_id, "task_id", found);
    let cancelled_by =
        plain_text::optional(&request.cancelled_by, 255, ErrorReason::InvalidField, &at("cancelled_by"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(CancelCrossServiceTask { author, task_id: task_id?, cancelled_by, reason })
}
