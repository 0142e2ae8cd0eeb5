//! `god33 feedback delegate`.

use clap::Args;
use god33_proto::v1::DelegateFeedbackRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Pass a question on to somebody else.
#[derive(Args, Debug)]
pub struct Delegate {
    #[command(flatten)]
    step: StepArgs,

    /// Person or group that is asked now.
    assignee: String,

    /// Who passes it on; without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Delegate {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { question, call } = self.step;
        let request = DelegateFeedbackRequest {
            request_id: call.request_id(),
            context: call.context(),
            question_id: question.to_string(),
            assignee: self.assignee,
            delegated_by: self.by.unwrap_or_default(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.feedback().await?.delegate_feedback(request.clone()).await?.into_inner()))
                .await?;
        let question = answer.question.unwrap_or_default();
        step::tell(target, &call, "passed on", &question, (&answer.event_ids, answer.position), step::the_inbox())
    }
}
