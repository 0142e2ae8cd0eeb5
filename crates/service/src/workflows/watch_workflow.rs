//! Streams a workflow: first as it is, then after each of its events.

use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use god33_domain::{EventFilter, Position, RecordedEvent, Workflow, WorkflowId};
use god33_log::{Delivery, Start, SubscribeRequest, Subscription};
use god33_proto::v1::{WatchWorkflowRequest, WatchWorkflowResponse};
use tonic::{Request, Response, Status};

use super::{not_found, workflow_id};
use crate::event_store::Answers;
use crate::wire::status::Failure;
use crate::wire::workflow;
use crate::{Action, App, Principal, Reader};

/// How often a silent stream looks whether its caller is still there.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);

pub(super) async fn watch_workflow(
    app: &Arc<App>,
    request: Request<WatchWorkflowRequest>,
) -> Result<Response<Answers<WatchWorkflowResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let request = request.get_ref();
    let id = workflow_id(&request.workflow_id)?;

    let reader = app.reader(&principal, Action::ReadWorkflows(Some(&id)), request.min_position).await?;
    // Asked for before the state is read, so the state holds at least up to here, and what follows is told.
    let head = app.tail.head();
    let workflow = reader.workflow(&id).await?.ok_or_else(|| not_found(&id))?;
    let changes = subscribe(&reader, &id, head).await?;
    let first = answer(&workflow, None, head.max(workflow.position));
    let watch = Watch { app: app.clone(), principal, id, changes };
    Ok(Response::new(Box::pin(stream::iter([Ok(first)]).chain(watch.stream()))))
}

async fn subscribe(reader: &Reader<'_>, id: &WorkflowId, from: Position) -> Result<Subscription, Failure> {
    let filter = EventFilter { workflow_id: Some(id.clone()), ..EventFilter::default() };
    let request = SubscribeRequest { start: Start::After(from), filter, checkpoint_every: CHECKPOINT_EVERY };
    Ok(reader.subscribe(request).await?)
}

fn answer(workflow: &Workflow, change: Option<&RecordedEvent>, position: Position) -> WatchWorkflowResponse {
    WatchWorkflowResponse {
        workflow: Some(workflow::to_proto(workflow)),
        change: change.map(workflow::timeline_entry),
        position: position.get(),
    }
}

/// An open watch.
struct Watch {
    app: Arc<App>,
    principal: Principal,
    id: WorkflowId,
    changes: Subscription,
}

impl Watch {
    fn stream(self) -> impl Stream<Item = Result<WatchWorkflowResponse, Status>> {
        stream::unfold(Some(self), |watch| async {
            let mut watch = watch?;
            match watch.next().await {
                Ok(Some(answer)) => Some((Ok(answer), Some(watch))),
                Ok(None) => None,
                Err(failure) => Some((Err(failure.into()), None)),
            }
        })
    }

    /// The next change. The state is the newest there is: it may hold more than the change that is told.
    async fn next(&mut self) -> Result<Option<WatchWorkflowResponse>, Failure> {
        while let Some(delivery) = self.changes.next().await {
            let event = match delivery? {
                Delivery::Event(event) => event,
                Delivery::Checkpoint { .. } | Delivery::CaughtUp { .. } | Delivery::FellBehind { .. } => continue,
            };
            let action = Action::ReadWorkflows(Some(&self.id));
            let reader = self.app.reader(&self.principal, action, event.position.get()).await?;
            if !reader.access().shows(&event) {
                continue;
            }
            let workflow = reader.workflow(&self.id).await?.ok_or_else(|| not_found(&self.id))?;
            return Ok(Some(answer(&workflow, Some(&event), event.position)));
        }
        Ok(None)
    }
}
