//! `god33 collaborations propose`.

use clap::Args;
use god33_proto::v1::{CollaborationProposalCreated, CreateProposalRequest};
use prost_types::Timestamp;
use uuid::Uuid;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg, deadline};
use crate::cli::{Failure, Target};

/// Propose something to vote on.
#[derive(Args, Debug)]
pub struct Propose {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// What is proposed.
    #[arg(long, value_name = "TEXT")]
    text: String,

    /// What to choose from; may be repeated. Without it "yes" and "no".
    #[arg(long = "option", value_name = "TEXT")]
    options: Vec<String>,

    /// Votes that must agree. Without it more than half of the participants.
    #[arg(long, value_name = "N")]
    quorum: Option<u32>,

    /// When the vote ends: a time (RFC 3339), or a span of time from now such as 2h. Without it when all have voted.
    #[arg(long, value_name = "TIME", value_parser = deadline)]
    deadline: Option<Timestamp>,

    /// Participant that proposes.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    agent: String,

    /// Id of the proposal; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    call: CallArgs,
}

impl Propose {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let proposal = CollaborationProposalCreated {
            collaboration_id: self.collaboration.id(),
            proposal_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            agent_id: self.agent,
            proposal: self.text,
            options: self.options,
            quorum: self.quorum.unwrap_or_default(),
            deadline: self.deadline,
        };
        let request = CreateProposalRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            proposal: Some(proposal),
        };
        let answer =
            answered(async || Ok(target.collaborations().await?.create_proposal(request.clone()).await?.into_inner()))
                .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let done =
            Done { word: "proposed", id: &answer.proposal_id, next: show::next(&collaboration), ..Done::default() };
        let shown = show::answer(&collaboration, &answer.event_ids, answer.position);
        done.tell(target, &self.call, &shown.value("proposal_id", answer.proposal_id.clone()))
    }
}
