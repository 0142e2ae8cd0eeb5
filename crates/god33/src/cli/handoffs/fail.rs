//! `god33 handoffs fail`.

use clap::Args;
use god33_proto::v1::FailHandoffRequest;

use super::held::{self, HeldArgs};
use crate::cli::again::answered;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target};

/// Give work up; it is offered again while attempts remain.
#[derive(Args, Debug)]
pub struct Fail {
    #[command(flatten)]
    held: HeldArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Do not offer it again, although attempts remain.
    #[arg(long = "final")]
    is_final: bool,

    #[command(flatten)]
    call: CallArgs,
}

impl Fail {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = FailHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.held.handoff.id(),
            fencing_token: self.held.token,
            failure_reason: self.reason,
            r#final: self.is_final,
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.fail_handoff(request.clone()).await?.into_inner())).await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        held::tell(target, &self.call, "given up", &handoff, &told, held::what_comes(&handoff))
    }
}
