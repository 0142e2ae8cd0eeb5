//! Proposes something to vote on.

use god33_domain::collaboration::{Collaboration, CreateProposal};
use god33_domain::command::Author;
use god33_proto::v1::{CreateProposalRequest, CreateProposalResponse, ErrorReason};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{Done, ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use uuid::Uuid;

asks!(CreateProposalRequest);

pub(super) async fn create_proposal(
    app: &App,
    request: Request<CreateProposalRequest>,
) -> Result<Response<CreateProposalResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(CreateProposalResponse {
        collaboration: Some(done.state::<Collaboration, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
        proposal_id: proposal_id(&done)?,
    }))
}

/// The id under which it was proposed, the first time that the call was made.
fn proposal_id(done: &Done) -> Result<String, Failure> {
    let created = done.first_event_id();
    let ballots = &done.noun::<Collaboration>()?.proposals;
    let ballot = ballots.iter().find(|ballot| Some(ballot.created_event_id) == created);
    ballot
        .map(|ballot| ballot.proposal_id.clone())
        .ok_or_else(|| Failure::defect("a proposal was made, and the collaboration does not show it"))
}

fn command(request: &CreateProposalRequest, author: Author, found: &mut Violations) -> Option<CreateProposal> {
    let at = Path::Request.member("proposal");
    let Some(proposal) = &request.proposal else {
        found.add(&at, ErrorReason::InvalidField, "is required: say collaboration_id, agent_id and proposal");
        return None;
    };
    if proposal.agent_id.is_empty() {
        found.add(&at.member("agent_id"), ErrorReason::InvalidField, "is required: say who proposes");
    }
    if proposal.proposal.is_empty() {
        found.add(&at.member("proposal"), ErrorReason::InvalidField, "is required: say what is proposed");
    }
    let mut proposal = proposal.clone();
    if proposal.proposal_id.is_empty() {
        proposal.proposal_id = Uuid::now_v7().to_string();
    }
    let draft = payload::draft(&proposal, &at, found)?.into_json();
    let collaboration_id = Uuid::try_parse(&proposal.collaboration_id).ok()?.to_string();
    Some(CreateProposal { author, collaboration_id, proposal: draft })
}
