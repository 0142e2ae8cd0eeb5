//! `god33 sessions complete`.

use clap::Args;
use god33_proto::v1::CompleteSessionRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::MetricsArgs;
use crate::cli::{Failure, Target};

/// End a session with success.
#[derive(Args, Debug)]
pub struct Complete {
    #[command(flatten)]
    step: StepArgs,

    /// What it did, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Its last checkpoint.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    #[command(flatten)]
    metrics: MetricsArgs,
}

impl Complete {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let request = CompleteSessionRequest {
            request_id: call.request_id(),
            context: call.context(),
            session_id: session.id(),
            final_checkpoint_id: self.checkpoint.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            metrics: self.metrics.metrics(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.complete_session(request.clone()).await?.into_inner()))
                .await?;
        let session = answer.session.unwrap_or_default();
        let told = step::answer(&session, &answer.event_ids, answer.position);
        step::tell(target, &call, "completed", &session, &told, step::how_it_stands(&session))
    }
}
