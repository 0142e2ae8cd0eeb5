//! `god33 handoffs accept`.

use clap::Args;
use god33_proto::v1::AcceptHandoffRequest;

use super::claimant::ClaimantArgs;
use super::{held, show};
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, ExportArgs, HandoffArg};
use crate::cli::{Failure, Target};

/// Take work under a lease.
#[derive(Args, Debug)]
pub struct Accept {
    #[command(flatten)]
    handoff: HandoffArg,

    #[command(flatten)]
    claimant: ClaimantArgs,

    /// Checkpoint from which it starts; without it the one of the handoff.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    /// How many checkpoints the agent expects to make.
    #[arg(long, value_name = "N")]
    estimated_checkpoints: Option<i32>,

    #[command(flatten)]
    export: ExportArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl Accept {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = AcceptHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.handoff.id(),
            claimant: Some(self.claimant.claimant()),
            checkpoint_id: self.checkpoint.unwrap_or_default(),
            estimated_checkpoints: self.estimated_checkpoints,
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.accept_handoff(request.clone()).await?.into_inner())).await?;
        let handoff = answer.handoff.unwrap_or_default();
        let done = Done {
            word: "accepted",
            id: &handoff.handoff_id,
            sheet: show::whole(&handoff),
            export: self.export.only(&held::variables(&handoff)),
            next: held::what_to_do(&handoff),
            ..Done::default()
        };
        done.tell(target, &self.call, &held::answer(&handoff, &answer.event_ids, answer.position))
    }
}
