//! `god33 handoffs complete`.

use clap::Args;
use god33_proto::v1::{Artifact, CompleteHandoffRequest};

use super::held::{self, HeldArgs};
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, MetricsArgs, ValidationArgs, artifact};
use crate::cli::{Failure, Target};

/// Deliver work.
#[derive(Args, Debug)]
pub struct Complete {
    #[command(flatten)]
    held: HeldArgs,

    /// What came out of it; may be repeated.
    #[arg(long = "artifact", value_name = "TYPE:PATH[:STATUS]", value_parser = artifact)]
    artifacts: Vec<Artifact>,

    #[command(flatten)]
    validation: ValidationArgs,

    /// What to do next, in a word such as qa_review.
    #[arg(long, value_name = "WORD")]
    next_action: Option<String>,

    /// What came out of it, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// The last checkpoint.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    #[command(flatten)]
    metrics: MetricsArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl Complete {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = CompleteHandoffRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            handoff_id: self.held.handoff.id(),
            fencing_token: self.held.token,
            artifacts: self.artifacts,
            validation: self.validation.validation(),
            next_action: self.next_action.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            final_checkpoint_id: self.checkpoint.unwrap_or_default(),
            metrics: self.metrics.metrics(),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.complete_handoff(request.clone()).await?.into_inner()))
                .await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        let next = "the next work: god33 handoffs claim".to_owned();
        held::tell(target, &self.call, "delivered", &handoff, &told, next)
    }
}
