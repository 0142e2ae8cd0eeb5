//! Ends a task without success.

use god33_domain::command::Author;
use god33_domain::director::{CrossServiceTask, FailCrossServiceTask};
use god33_proto::v1::{FailCrossServiceTaskRequest, FailCrossServiceTaskResponse};
use tonic::{Request, Response};

use super::said::id_of;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::text;
use crate::wire::violations::Violations;

asks!(FailCrossServiceTaskRequest);

pub(super) async fn fail_cross_service_task(
    app: &App,
    request: Request<FailCrossServiceTaskRequest>,
) -> Result<Response<FailCrossServiceTaskResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(FailCrossServiceTaskResponse {
        task: Some(done.state::<CrossServiceTask, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &FailCrossServiceTaskRequest,
    author: Author,
    found: &mut Violations,
) -> Option<FailCrossServiceTask> {
    let task_id = id_of(&request.task_id, "task_id", found);
    let reason = text::required(&request.failure_reason, &Path::Request.member("failure_reason"), found);
    Some(FailCrossServiceTask { author, task_id: task_id?, failure_reason: reason? })
}
