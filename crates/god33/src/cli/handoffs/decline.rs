//! `god33 handoffs decline`.

use clap::Args;
use god33_proto::v1::DeclineHandoffRequest;

use super::held;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, HandoffArg};
use crate::cli::{Failure, Target};

/// Turn work down; it is offered to the next.
#[derive(Args, Debug)]
pub struct Decline {
    #[command(flatten)]
    handoff: HandoffArg,

    /// Session that declines.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Decline {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = DeclineHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.handoff.id(),
            session_id: self.session,
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.decline_handoff(request.clone()).await?.into_inner()))
                .await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        let next = "other work: god33 handoffs claim".to_owned();
        held::tell(target, &self.call, "declined", &handoff, &told, next)
    }
}
