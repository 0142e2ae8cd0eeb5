//! Leaves the current phase of a workflow out.

use god33_domain::command::Author;
use god33_domain::workflow::SkipPhase;
use god33_proto::v1::{SkipPhaseRequest, SkipPhaseResponse};
use tonic::{Request, Response};

use super::change;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::text;
use crate::wire::violations::Violations;

asks!(SkipPhaseRequest);

pub(super) async fn skip_phase(
    app: &App,
    request: Request<SkipPhaseRequest>,
) -> Result<Response<SkipPhaseResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(SkipPhaseResponse {
        workflow: change::shown(&done)?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &SkipPhaseRequest, author: Author, found: &mut Violations) -> Option<SkipPhase> {
    let at = |name| Path::Member(&Path::Request, name);
    let workflow_id = change::workflow_id(&request.workflow_id, &at("workflow_id"), found);
    let phase = change::phase(request.phase, found);
    let agent = change::name(&request.from_agent, &at("from_agent"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    let (workflow_id, phase) = (workflow_id?, phase?);
    let expected_version = request.expected_version;
    Some(SkipPhase { author, workflow_id, expected_version, phase, agent, reason })
}
