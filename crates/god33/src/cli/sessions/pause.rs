//! `god33 sessions pause`.

use clap::Args;
use god33_proto::v1::PauseSessionRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target, print};

/// Let a session wait.
#[derive(Args, Debug)]
pub struct Pause {
    #[command(flatten)]
    step: StepArgs,

    /// Why, for instance awaiting_feedback.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Checkpoint made before the pause.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,
}

impl Pause {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let request = PauseSessionRequest {
            request_id: call.request_id(),
            context: call.context(),
            session_id: session.id(),
            reason: self.reason,
            checkpoint_id: self.checkpoint.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.pause_session(request.clone()).await?.into_inner())).await?;
        let session = answer.session.unwrap_or_default();
        let told = step::answer(&session, &answer.event_ids, answer.position);
        step::tell(
            target,
            &call,
            "paused",
            &session,
            &told,
            format!("let it go on: god33 sessions resume {}", print::shell_word(&session.session_id)),
        )
    }
}
