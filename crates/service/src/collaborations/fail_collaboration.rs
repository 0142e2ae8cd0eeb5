//! Ends a collaboration without success.

use god33_domain::collaboration::{Collaboration, FailCollaboration};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, FailCollaborationRequest, FailCollaborationResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, text};

asks!(FailCollaborationRequest);

pub(super) async fn fail_collaboration(
    app: &App,
    request: Request<FailCollaborationRequest>,
) -> Result<Response<FailCollaborationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(FailCollaborationResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &FailCollaborationRequest, author: Author, found: &mut Violations) -> Option<FailCollaboration> {
    let at = |name| Path::Member(&Path::Request, name);
    let collaboration_id = id::uuid(&request.collaboration_id, &at("collaboration_id"), found);
    let agent = plain_text::optional(&request.from_agent, 255, ErrorReason::InvalidField, &at("from_agent"), found);
    let failure_reason = text::required(&request.failure_reason, &at("failure_reason"), found);
    let (collaboration_id, failure_reason) = (collaboration_id?.to_string(), failure_reason?);
    Some(FailCollaboration { author, collaboration_id, agent, failure_reason })
}
