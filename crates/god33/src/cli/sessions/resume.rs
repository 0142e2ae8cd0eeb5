//! `god33 sessions resume`.

use clap::Args;
use god33_proto::v1::ResumeSessionRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Let a session go on.
#[derive(Args, Debug)]
pub struct Resume {
    #[command(flatten)]
    step: StepArgs,

    /// Checkpoint from which it goes on; without it from its memory.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,
}

impl Resume {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let request = ResumeSessionRequest {
            request_id: call.request_id(),
            context: call.context(),
            session_id: session.id(),
            resuming_from_checkpoint: self.checkpoint.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.resume_session(request.clone()).await?.into_inner())).await?;
        let session = answer.session.unwrap_or_default();
        let told = step::answer(&session, &answer.event_ids, answer.position);
        step::tell(target, &call, "resumed", &session, &told, step::how_it_stands(&session))
    }
}
