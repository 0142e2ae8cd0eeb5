//! Ends a task with success.

use god33_domain::command::Author;
use god33_domain::director::{CompleteCrossServiceTask, CrossServiceTask};
use god33_proto::v1::{CompleteCrossServiceTaskRequest, CompleteCrossServiceTaskResponse, ErrorReason};
use tonic::{Request, Response};

use super::said::id_of;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{plain_text, text};

asks!(CompleteCrossServiceTaskRequest);

pub(super) async fn complete_cross_service_task(
    app: &App,
    request: Request<CompleteCrossServiceTaskRequest>,
) -> Result<Response<CompleteCrossServiceTaskResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompleteCrossServiceTaskResponse {
        task: Some(done.state::<CrossServiceTask, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &CompleteCrossServiceTaskRequest,
    author: Author,
    found: &mut Violations,
) -> Option<CompleteCrossServiceTask> {
    let at = |name| Path::Member(&Path::Request, name);
    let task_id = id_of(&request.task_id, "task_id", found);
    let outcome = plain_text::optional(&request.outcome, 255, ErrorReason::InvalidField, &at("outcome"), found);
    let summary = text::prose(&request.summary, &at("summary"), found);
    Some(CompleteCrossServiceTask { author, task_id: task_id?, outcome, summary, force: request.force })
}
