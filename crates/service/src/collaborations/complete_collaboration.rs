//! Ends a collaboration with success.

use god33_domain::collaboration::{Collaboration, CompleteCollaboration};
use god33_domain::command::Author;
use god33_proto::v1::{CompleteCollaborationRequest, CompleteCollaborationResponse, ErrorReason};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(CompleteCollaborationRequest);

pub(super) async fn complete_collaboration(
    app: &App,
    request: Request<CompleteCollaborationRequest>,
) -> Result<Response<CompleteCollaborationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CompleteCollaborationResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &CompleteCollaborationRequest,
    author: Author,
    found: &mut Violations,
) -> Option<CompleteCollaboration> {
    let at = |name| Path::Member(&Path::Request, name);
    let collaboration_id = id::uuid(&request.collaboration_id, &at("collaboration_id"), found);
    let agent = plain_text::optional(&request.from_agent, 255, ErrorReason::InvalidField, &at("from_agent"), found);
    let outcome = plain_text::optional(&request.outcome, 255, ErrorReason::InvalidField, &at("outcome"), found);
    let summary = text::prose(&request.summary, &at("summary"), found);
    let (collaboration_id, force) = (collaboration_id?.to_string(), request.force);
    Some(CompleteCollaboration { author, collaboration_id, agent, outcome, summary, force })
}
