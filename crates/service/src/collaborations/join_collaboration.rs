//! Takes part in a collaboration.

use god33_domain::collaboration::{Collaboration, JoinCollaboration};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, JoinCollaborationRequest, JoinCollaborationResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload};

asks!(JoinCollaborationRequest);

pub(super) async fn join_collaboration(
    app: &App,
    request: Request<JoinCollaborationRequest>,
) -> Result<Response<JoinCollaborationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(JoinCollaborationResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &JoinCollaborationRequest, author: Author, found: &mut Violations) -> Option<JoinCollaboration> {
    let at = Path::Request.member("participant");
    let Some(participant) = &request.participant else {
        found.add(&at, ErrorReason::InvalidField, "is required: say collaboration_id and agent_id");
        return None;
    };
    if participant.agent_id.is_empty() {
        found.add(&at.member("agent_id"), ErrorReason::InvalidField, "is required: say who joins");
    }
    let collaboration_id = id::uuid(&participant.collaboration_id, &at.member("collaboration_id"), found);
    let participant = payload::draft(participant, &at, found)?.into_json();
    Some(JoinCollaboration { author, collaboration_id: collaboration_id?.to_string(), participant })
}
