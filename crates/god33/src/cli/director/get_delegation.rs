//! `god33 director get-delegation`.

use clap::Args;
use god33_proto::v1::{GetDelegationRequest, ServiceWorkState};

use super::show;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one delegation.
#[derive(Args, Debug)]
pub struct GetDelegation {
    /// The delegation, or the handoff by which its agent takes it: both have one id.
    delegation_id: String,
}

impl GetDelegation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetDelegationRequest { delegation_id: self.delegation_id, min_position: 0 };
        let answer = target.director().await?.get_delegation(request).await?.into_inner();
        let delegation = answer.delegation.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&delegation));
        }
        print::text(&show::whole_delegation(&delegation))?;
        print::hint(&match delegation.state() {
            ServiceWorkState::Delegated => {
                format!("when it is done: {}", show::delivery(&delegation.delegation_id))
            }
            ServiceWorkState::Failed => show::again(&delegation),
            _ => show::after(&delegation),
        })
    }
}
