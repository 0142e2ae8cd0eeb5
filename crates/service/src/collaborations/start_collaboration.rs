//! Starts a collaboration.

use god33_domain::collaboration::{Collaboration, StartCollaboration};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, StartCollaborationRequest, StartCollaborationResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use uuid::Uuid;

asks!(StartCollaborationRequest);

pub(super) async fn start_collaboration(
    app: &App,
    request: Request<StartCollaborationRequest>,
) -> Result<Response<StartCollaborationResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(StartCollaborationResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &StartCollaborationRequest, author: Author, found: &mut Violations) -> Option<StartCollaboration> {
    let at = Path::Request.member("collaboration");
    let Some(collaboration) = &request.collaboration else {
        found.add(&at, ErrorReason::InvalidField, "is required: say at least its goal");
        return None;
    };
    if collaboration.goal.is_empty() {
        found.add(&at.member("goal"), ErrorReason::InvalidField, "is required: say what is to be reached");
    }
    let mut collaboration = collaboration.clone();
    if collaboration.collaboration_id.is_empty() {
        collaboration.collaboration_id = Uuid::now_v7().to_string();
    }
    let collaboration = payload::draft(&collaboration, &at, found)?.into_json();
    Some(StartCollaboration { author, collaboration })
}
