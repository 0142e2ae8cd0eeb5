//! `god33 handoffs cancel`.

use clap::Args;
use god33_proto::v1::CancelHandoffRequest;

use super::held;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, HandoffArg};
use crate::cli::{Failure, Target, print};

/// Withdraw work.
#[derive(Args, Debug)]
pub struct Cancel {
    #[command(flatten)]
    handoff: HandoffArg,

    /// Who cancels it; without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Cancel {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = CancelHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.handoff.id(),
            cancelled_by: self.by.unwrap_or_default(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.cancel_handoff(request.clone()).await?.into_inner())).await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        let next = format!("how it stood: god33 handoffs get {}", print::shell_word(&handoff.handoff_id));
        held::tell(target, &self.call, "cancelled", &handoff, &told, next)
    }
}
