//! `god33 handoffs get`.

use clap::Args;
use god33_proto::v1::GetHandoffRequest;

use super::{held, show};
use crate::cli::arguments::HandoffArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one handoff.
#[derive(Args, Debug)]
pub struct Get {
    #[command(flatten)]
    handoff: HandoffArg,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetHandoffRequest { handoff_id: self.handoff.id(), min_position: 0 };
        let handoff = target.handoffs().await?.get_handoff(request).await?.into_inner().handoff.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&handoff));
        }
        print::text(&show::whole(&handoff))?;
        print::hint(&held::what_comes(&handoff))
    }
}
