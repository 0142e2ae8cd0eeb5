//! `god33 feedback cancel`.

use clap::Args;
use god33_proto::v1::CancelFeedbackRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Withdraw a question.
#[derive(Args, Debug)]
pub struct Cancel {
    #[command(flatten)]
    step: StepArgs,

    /// Who cancels it; without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Cancel {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { question, call } = self.step;
        let request = CancelFeedbackRequest {
            request_id: call.request_id(),
            context: call.context(),
            question_id: question.to_string(),
            cancelled_by: self.by.unwrap_or_default(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.feedback().await?.cancel_feedback(request.clone()).await?.into_inner()))
                .await?;
        let question = answer.question.unwrap_or_default();
        step::tell(target, &call, "cancelled", &question, (&answer.event_ids, answer.position), step::the_inbox())
    }
}
