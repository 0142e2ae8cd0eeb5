//! `god33 quarantine discard`.

use clap::Args;
use god33_proto::v1::DiscardQuarantinedMessagesRequest;
use uuid::Uuid;

use super::select::SelectArgs;
use crate::cli::again::answered;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Give messages up. Who did and why is kept.
#[derive(Args, Debug)]
pub struct Discard {
    #[command(flatten)]
    select: SelectArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Discard {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let mut discarded = 0;
        for quarantine_ids in self.select.parts(target).await? {
            let request = DiscardQuarantinedMessagesRequest {
                request_id: Uuid::new_v4().to_string(),
                quarantine_ids,
                reason: self.reason.clone(),
            };
            let answer = answered(async || {
                Ok(target.admin().await?.discard_quarantined_messages(request.clone()).await?.into_inner())
            });
            discarded += answer.await?.discarded;
        }
        match target.output {
            Output::Json => print::json(&serde_json::json!({"discarded": discarded}).to_string()),
            Output::Text => print::text(&format!("discarded  {discarded}\n")),
        }
    }
}
