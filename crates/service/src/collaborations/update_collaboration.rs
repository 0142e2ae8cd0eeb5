//! Reports how far a participant is, or delivers.

use god33_domain::collaboration::{Collaboration, UpdateCollaboration};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, UpdateCollaborationRequest, UpdateCollaborationResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use uuid::Uuid;

asks!(UpdateCollaborationRequest);

pub(super) async fn update_collaboration(
    app: &App,
    request: Request<UpdateCollaborationRequest>,
) -> Result<Response<UpdateCollaborationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(UpdateCollaborationResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(
    request: &UpdateCollaborationRequest,
    author: Author,
    found: &mut Violations,
) -> Option<UpdateCollaboration> {
    let at = Path::Request.member("update");
    let Some(update) = &request.update else {
        found.add(&at, ErrorReason::InvalidField, "is required: say collaboration_id and agent_id");
        return None;
    };
    if update.agent_id.is_empty() {
        found.add(&at.member("agent_id"), ErrorReason::InvalidField, "is required: say who reports");
    }
    let draft = payload::draft(update, &at, found)?.into_json();
    let collaboration_id = Uuid::try_parse(&update.collaboration_id).ok()?.to_string();
    Some(UpdateCollaboration { author, collaboration_id, update: draft })
}
