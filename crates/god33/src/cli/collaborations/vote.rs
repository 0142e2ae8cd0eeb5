//! `god33 collaborations vote`.

use clap::Args;
use god33_proto::v1::{CollaborationProposalVoted, VoteRequest};

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg};
use crate::cli::{Failure, Target};

/// Vote on a proposal.
#[derive(Args, Debug)]
pub struct Vote {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// The proposal.
    #[arg(long, value_name = "ID")]
    proposal: String,

    /// Your choice: one of its options.
    #[arg(long, value_name = "OPTION")]
    vote: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    rationale: Option<String>,

    /// Participant that votes.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    agent: String,

    #[command(flatten)]
    call: CallArgs,
}

impl Vote {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let vote = CollaborationProposalVoted {
            collaboration_id: self.collaboration.id(),
            proposal_id: self.proposal.clone(),
            agent_id: self.agent,
            vote: self.vote,
            rationale: self.rationale.unwrap_or_default(),
        };
        let request =
            VoteRequest { request_id: self.call.request_id(), context: self.call.context(), vote: Some(vote) };
        let answer =
            answered(async || Ok(target.collaborations().await?.vote(request.clone()).await?.into_inner())).await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let proposal = collaboration.proposals.iter().find(|proposal| proposal.proposal_id == self.proposal);
        let done = Done {
            word: "voted",
            id: &collaboration.collaboration_id,
            more: proposal.map(show::outcome).unwrap_or_default(),
            next: show::next(&collaboration),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }
}
