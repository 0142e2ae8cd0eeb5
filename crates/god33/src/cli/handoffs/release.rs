//! `god33 handoffs release`.

use clap::Args;
use god33_proto::v1::ReleaseHandoffRequest;

use super::held::{self, HeldArgs};
use crate::cli::again::answered;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target};

/// Give work back unharmed; it is offered again and the attempt does not count.
#[derive(Args, Debug)]
pub struct Release {
    #[command(flatten)]
    held: HeldArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Checkpoint from which the next one goes on; without it the newest.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Release {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ReleaseHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.held.handoff.id(),
            fencing_token: self.held.token,
            reason: self.reason.unwrap_or_default(),
            checkpoint_id: self.checkpoint.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.release_handoff(request.clone()).await?.into_inner()))
                .await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        held::tell(target, &self.call, "given back", &handoff, &told, held::what_comes(&handoff))
    }
}
