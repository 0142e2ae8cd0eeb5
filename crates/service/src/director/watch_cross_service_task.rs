//! Streams a task: first as it is, then after each change.

use std::sync::Arc;

use god33_domain::RecordedEvent;
use god33_domain::director::CrossServiceTask;
use god33_proto::v1::{WatchCrossServiceTaskRequest, WatchCrossServiceTaskResponse};
use tonic::{Request, Response};

use crate::event_store::Answers;
use crate::watch::{Watched, watch};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::{id, recorded};
use crate::{App, Principal, show};

/// How the types of events end that end the work of a session, which they need not name.
const ENDS_OF_WORK: [&str; 4] = [".session.failed", ".session.completed", ".task.completed", ".task.failed"];

impl Watched for CrossServiceTask {
    fn may_change(&self, event: &RecordedEvent) -> bool {
        let about = &event.belonging.about;
        let is_its_own = about.task.as_ref() == Some(&self.task_id);
        let is_of_a_work =
            about.handoff.is_some() && self.services.iter().any(|work| work.delegation_id == about.handoff);
        is_its_own || is_of_a_work || ENDS_OF_WORK.iter().any(|end| event.envelope.event_type.as_str().ends_with(end))
    }

    fn version(&self) -> u64 {
        self.version
    }
}

pub(super) async fn watch_cross_service_task(
    app: &Arc<App>,
    request: Request<WatchCrossServiceTaskRequest>,
) -> Result<Response<Answers<WatchCrossServiceTaskResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let id = id::required_uuid(&message.task_id, &Path::Request.member("task_id"))?;
    watch::<CrossServiceTask, _>(app, principal, &id, message.min_position, |task, event, position| {
        Ok(WatchCrossServiceTaskResponse {
            task: Some(show::message(task)?),
            event: event.map(recorded::to_proto),
            position: position.get(),
        })
    })
    .await
}
