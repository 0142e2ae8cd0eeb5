//! `god33 director fail-delegation`.

use clap::Args;
use god33_proto::v1::FailDelegationRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target};

/// Give the work on one service up; it can be delegated again.
#[derive(Args, Debug)]
pub struct FailDelegation {
    /// The delegation.
    delegation_id: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    #[command(flatten)]
    call: CallArgs,
}

impl FailDelegation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = FailDelegationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            delegation_id: self.delegation_id,
            failure_reason: self.reason,
        };
        let answer =
            answered(async || Ok(target.director().await?.fail_delegation(request.clone()).await?.into_inner()))
                .await?;
        let delegation = answer.delegation.unwrap_or_default();
        let done = Done {
            word: "given up",
            id: &delegation.delegation_id,
            more: format!("{} by {}", delegation.service, delegation.to_agent),
            next: show::again(&delegation),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::delegation_answer(&delegation, &answer.event_ids, answer.position))
    }
}
