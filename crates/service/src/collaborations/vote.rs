//! Votes.

use god33_domain::collaboration::{Collaboration, Vote};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, VoteRequest, VoteResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use uuid::Uuid;

asks!(VoteRequest);

pub(super) async fn vote(app: &App, request: Request<VoteRequest>) -> Result<Response<VoteResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(VoteResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &VoteRequest, author: Author, found: &mut Violations) -> Option<Vote> {
    let at = Path::Request.member("vote");
    let Some(vote) = &request.vote else {
        found.add(&at, ErrorReason::InvalidField, "is required: say collaboration_id, proposal_id, agent_id and vote");
        return None;
    };
    let draft = payload::draft(vote, &at, found)?.into_json();
    let id = |text: &str| Uuid::try_parse(text).ok().map(|id| id.to_string());
    let (collaboration_id, proposal_id) = (id(&vote.collaboration_id)?, id(&vote.proposal_id)?);
    Some(Vote { author, collaboration_id, proposal_id, vote: draft })
}
