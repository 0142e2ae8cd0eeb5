//! `god33 handoffs unblock`.

use clap::Args;
use god33_proto::v1::UnblockHandoffRequest;

use super::held;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, HandoffArg};
use crate::cli::{Failure, Target};

/// Say that help came.
#[derive(Args, Debug)]
pub struct Unblock {
    #[command(flatten)]
    handoff: HandoffArg,

    /// Who helped; without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// How.
    #[arg(long, value_name = "TEXT")]
    resolution: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Unblock {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = UnblockHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.handoff.id(),
            unblocked_by: self.by.unwrap_or_default(),
            resolution: self.resolution.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.unblock_handoff(request.clone()).await?.into_inner()))
                .await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        held::tell(target, &self.call, "unblocked", &handoff, &told, held::what_comes(&handoff))
    }
}
