//! `god33 feedback answer`.

use clap::Args;
use god33_proto::v1::AnswerFeedbackRequest;
use god33_service::text::open_object_of;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::json;
use crate::cli::{Failure, Target};

/// Answer a question; the session that waits is resumed.
#[derive(Args, Debug)]
pub struct Answer {
    #[command(flatten)]
    step: StepArgs,

    /// What is decided; one of the options where there are some.
    decision: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    rationale: Option<String>,

    /// Who answers; without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Anything else that the agent should know, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,
}

impl Answer {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { question, call } = self.step;
        let request = AnswerFeedbackRequest {
            request_id: call.request_id(),
            context: call.context(),
            question_id: question.to_string(),
            decision: self.decision,
            rationale: self.rationale.unwrap_or_default(),
            answered_by: self.by.unwrap_or_default(),
            answer_context: self.context.as_deref().map(|text| json("--context", text, open_object_of)).transpose()?,
        };
        let answer =
            answered(async || Ok(target.feedback().await?.answer_feedback(request.clone()).await?.into_inner()))
                .await?;
        let question = answer.question.unwrap_or_default();
        step::tell(target, &call, "answered", &question, (&answer.event_ids, answer.position), step::the_inbox())
    }
}
