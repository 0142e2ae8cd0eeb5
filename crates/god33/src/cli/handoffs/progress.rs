//! `god33 handoffs progress`.

use clap::Args;
use god33_proto::v1::ReportProgressRequest;
use god33_service::text::open_object_of;

use super::held::{self, HeldArgs};
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, json};
use crate::cli::{Failure, Target};

/// Report how far work is, and extend its lease.
#[derive(Args, Debug)]
pub struct Progress {
    #[command(flatten)]
    held: HeldArgs,

    /// How far it is, in percent, 0 to 100.
    #[arg(long, value_name = "PERCENT")]
    pct: Option<f64>,

    /// How far it is, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// What the next one to take the work needs to know, as a JSON object; replaces what was kept. `-` reads it from standard input,
    /// `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    details: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Progress {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let details = self.details.as_deref().map(|text| json("--details", text, open_object_of)).transpose()?;
        let request = ReportProgressRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.held.handoff.id(),
            fencing_token: self.held.token,
            progress_pct: self.pct,
            summary: self.summary.unwrap_or_default(),
            details,
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.report_progress(request.clone()).await?.into_inner()))
                .await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        held::tell(target, &self.call, "reported", &handoff, &told, held::how_to_deliver(&handoff))
    }
}
