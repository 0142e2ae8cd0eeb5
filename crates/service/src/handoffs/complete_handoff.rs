//! Delivers work.

use god33_domain::command::Author;
use god33_domain::handoff::{CompleteHandoff, Handoff};
use god33_proto::v1::{CompleteHandoffRequest, CompleteHandoffResponse, TaskCompleted};
use tonic::{Request, Response};

use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload};

asks!(CompleteHandoffRequest);

pub(super) async fn complete_handoff(
    app: &App,
    request: Request<CompleteHandoffRequest>,
) -> Result<Response<CompleteHandoffResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompleteHandoffResponse {
        handoff: Some(lease::message(app, done.noun::<Handoff>()?)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CompleteHandoffRequest, author: Author, found: &mut Violations) -> Option<CompleteHandoff> {
    let handoff_id = id::uuid(&request.handoff_id, &Path::Request.member("handoff_id"), found);
    let fencing_token = lease::token(request.fencing_token, found);
    // The fields of the request have the names of the event's.
    let result = TaskCompleted {
        artifacts: request.artifacts.clone(),
        validation: request.validation.clone(),
        next_action: request.next_action.clone(),
        summary: request.summary.clone(),
        final_checkpoint_id: request.final_checkpoint_id.clone(),
        metrics: request.metrics.clone(),
        ..TaskCompleted::default()
    };
    let result = payload::draft(&result, &Path::Request, found)?.into_json();
    Some(CompleteHandoff { author, handoff_id: handoff_id?.to_string(), fencing_token: fencing_token?, result })
}
