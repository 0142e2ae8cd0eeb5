//! `god33 director complete-delegation`.

use clap::Args;
use god33_proto::v1::{Artifact, CompleteDelegationRequest, TaskCompleted};

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, MetricsArgs, ValidationArgs, artifact};
use crate::cli::{Failure, Target};

/// Deliver the work on one service.
#[derive(Args, Debug)]
pub struct CompleteDelegation {
    /// The delegation.
    delegation_id: String,

    /// What came out of it; may be repeated.
    #[arg(long = "artifact", value_name = "TYPE:PATH[:STATUS]", value_parser = artifact)]
    artifacts: Vec<Artifact>,

    /// What came out of it, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    #[command(flatten)]
    validation: ValidationArgs,

    /// What to do next, in a word such as qa_review.
    #[arg(long, value_name = "WORD")]
    next_action: Option<String>,

    /// Session that did it.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,

    /// Instance of the agent that did it.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// The last checkpoint.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    #[command(flatten)]
    metrics: MetricsArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl CompleteDelegation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let result = TaskCompleted {
            session_id: self.session.unwrap_or_default(),
            agent_instance_id: self.instance.unwrap_or_default(),
            final_checkpoint_id: self.checkpoint.unwrap_or_default(),
            artifacts: self.artifacts,
            validation: self.validation.validation(),
            next_action: self.next_action.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            metrics: self.metrics.metrics(),
            ..TaskCompleted::default()
        };
        let request = CompleteDelegationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            delegation_id: self.delegation_id,
            result: Some(result),
        };
        let answer =
            answered(async || Ok(target.director().await?.complete_delegation(request.clone()).await?.into_inner()))
                .await?;
        let delegation = answer.delegation.unwrap_or_default();
        let done = Done {
            word: "delivered",
            id: &delegation.delegation_id,
            more: format!("{} by {}", delegation.service, delegation.to_agent),
            next: show::after(&delegation),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::delegation_answer(&delegation, &answer.event_ids, answer.position))
    }
}
