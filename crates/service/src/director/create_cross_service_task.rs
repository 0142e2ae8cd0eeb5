//! Creates a task over several services.

use god33_domain::command::Author;
use god33_domain::director::{CreateCrossServiceTask, CrossServiceTask};
use god33_proto::v1::{CreateCrossServiceTaskRequest, CreateCrossServiceTaskResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::said::draft;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

asks!(CreateCrossServiceTaskRequest);

pub(super) async fn create_cross_service_task(
    app: &App,
    request: Request<CreateCrossServiceTaskRequest>,
) -> Result<Response<CreateCrossServiceTaskResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CreateCrossServiceTaskResponse {
        task: Some(done.state::<CrossServiceTask, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &CreateCrossServiceTaskRequest,
    author: Author,
    found: &mut Violations,
) -> Option<CreateCrossServiceTask> {
    let task = draft(request.task.as_ref(), "task", found, |task| {
        if task.task_id.is_empty() {
            task.task_id = Uuid::now_v7().to_string();
        }
    })?;
    Some(CreateCrossServiceTask { author, task_id: task.text("task_id")?, task: task.into_json() })
}
