//! Completes the current phase of a workflow.

use god33_domain::command::Author;
use god33_domain::workflow::CompletePhase;
use god33_proto::v1::{CompletePhaseRequest, CompletePhaseResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{payload, text};

asks!(CompletePhaseRequest);

pub(super) async fn complete_phase(
    app: &App,
    request: Request<CompletePhaseRequest>,
) -> Result<Response<CompletePhaseResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompletePhaseResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &CompletePhaseRequest, author: Author, found: &mut Violations) -> Option<CompletePhase> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = change::workflow_id(&request.workflow_id, &at("workflow_id"), found);
    let phase = change::phase(request.phase, found);
    let agent = change::name(&request.from_agent, &at("from_agent"), found);
    let artifacts = match request.artifacts.as_slice() {
        [] => None,
        artifacts => Some(payload::drafts(artifacts, &at("artifacts"), found)?),
    };
    let summary = text::prose(&request.summary, &at("summary"), found);
    let (workflow_id, phase) = (workflow_id?, phase?);
    let expected_version = request.expected_version;
    Some(CompletePhase { author, workflow_id, expected_version, phase, agent, artifacts, summary })
}
