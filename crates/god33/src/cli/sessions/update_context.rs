//! `god33 sessions update-context`.

use clap::Args;
use god33_proto::v1::{ContextUpdated, UpdateContextRequest};
use god33_service::text::open_object_of;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::json;
use crate::cli::{Failure, Target};

/// Record that the context of an agent changed.
#[derive(Args, Debug)]
pub struct UpdateContext {
    #[command(flatten)]
    step: StepArgs,

    /// What changed, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Decision of a person that is now part of the context.
    #[arg(long, value_name = "TEXT")]
    decision: Option<String>,

    /// What changed, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    delta: Option<String>,

    /// The agent's instance.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// Tokens in the context window.
    #[arg(long, value_name = "N")]
    context_tokens: Option<i64>,

    /// Size of the context window in tokens.
    #[arg(long, value_name = "N")]
    context_limit: Option<i64>,
}

impl UpdateContext {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let update = ContextUpdated {
            session_id: session.id(),
            agent_instance_id: self.instance.unwrap_or_default(),
            decision_incorporated: self.decision.unwrap_or_default(),
            context_delta: self.delta.as_deref().map(|text| json("--delta", text, open_object_of)).transpose()?,
            summary: self.summary.unwrap_or_default(),
            context_tokens: self.context_tokens,
            context_limit: self.context_limit,
        };
        let request =
            UpdateContextRequest { request_id: call.request_id(), context: call.context(), update: Some(update) };
        let answer =
            answered(async || Ok(target.sessions().await?.update_context(request.clone()).await?.into_inner())).await?;
        let session = answer.session.unwrap_or_default();
        let told = step::answer(&session, &answer.event_ids, answer.position);
        step::tell(target, &call, "context updated", &session, &told, step::how_it_stands(&session))
    }
}
