//! `god33 handoffs block`.

use clap::Args;
use god33_proto::v1::BlockHandoffRequest;

use super::held::{self, HeldArgs};
use crate::cli::again::answered;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target, print};

/// Say that work needs help; it stays with its holder.
#[derive(Args, Debug)]
pub struct Block {
    #[command(flatten)]
    held: HeldArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Who can help: an agent, a person or a capability. Without it anybody.
    #[arg(long, value_name = "NAME")]
    needs: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Block {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = BlockHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.held.handoff.id(),
            fencing_token: self.held.token,
            reason: self.reason,
            needs: self.needs.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.block_handoff(request.clone()).await?.into_inner())).await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        let id = print::shell_word(&handoff.handoff_id);
        let next = format!("when help came: god33 handoffs unblock {id} --resolution TEXT");
        held::tell(target, &self.call, "blocked", &handoff, &told, next)
    }
}
