//! `god33 collaborations leave`.

use clap::Args;
use god33_proto::v1::LeaveCollaborationRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg};
use crate::cli::{Failure, Target};

/// Take part no more.
#[derive(Args, Debug)]
pub struct Leave {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// Participant that leaves.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    agent: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Leave {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = LeaveCollaborationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            collaboration_id: self.collaboration.id(),
            agent_id: self.agent,
            reason: self.reason.unwrap_or_default(),
        };
        let answer = answered(async || {
            Ok(target.collaborations().await?.leave_collaboration(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let done = Done {
            word: "left",
            id: &collaboration.collaboration_id,
            more: show::standing(&collaboration),
            next: show::next(&collaboration),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }
}
