//! Takes part in a collaboration no more.

use god33_domain::collaboration::{Collaboration, LeaveCollaboration};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, LeaveCollaborationRequest, LeaveCollaborationResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(LeaveCollaborationRequest);

pub(super) async fn leave_collaboration(
    app: &App,
    request: Request<LeaveCollaborationRequest>,
) -> Result<Response<LeaveCollaborationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(LeaveCollaborationResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &LeaveCollaborationRequest, author: Author, found: &mut Violations) -> Option<LeaveCollaboration> {
    let at = |name| Path::Member(&Path::Request, name);
    let collaboration_id = id::uuid(&request.collaboration_id, &at("collaboration_id"), found);
    let agent_id = plain_text::required(&request.agent_id, 255, ErrorReason::InvalidField, &at("agent_id"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    let (collaboration_id, agent_id) = (collaboration_id?.to_string(), agent_id?);
    Some(LeaveCollaboration { author, collaboration_id, agent_id, reason })
}
