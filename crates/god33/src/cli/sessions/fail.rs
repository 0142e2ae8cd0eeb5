//! `god33 sessions fail`.

use clap::Args;
use god33_proto::v1::FailSessionRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target, print};

/// End a session without success; its work is offered again.
#[derive(Args, Debug)]
pub struct Fail {
    #[command(flatten)]
    step: StepArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Its newest checkpoint; without it the newest that is known.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,
}

impl Fail {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let request = FailSessionRequest {
            request_id: call.request_id(),
            context: call.context(),
            session_id: session.id(),
            failure_reason: self.reason,
            last_checkpoint_id: self.checkpoint.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.fail_session(request.clone()).await?.into_inner())).await?;
        let session = answer.session.unwrap_or_default();
        let told = step::answer(&session, &answer.event_ids, answer.position);
        step::tell(
            target,
            &call,
            "failed",
            &session,
            &told,
            format!("take over from it: god33 sessions recover {}", print::shell_word(&session.session_id)),
        )
    }
}
