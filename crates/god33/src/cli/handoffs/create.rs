//! `god33 handoffs create`.

use clap::Args;
use god33_proto::v1::{CreateHandoffRequest, HandoffRequested};

use super::held;
use super::work::WorkArgs;
use crate::cli::again::answered;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target};

/// Ask another agent to take over work.
#[derive(Args, Debug)]
pub struct Create {
    #[command(flatten)]
    work: WorkArgs,

    /// The workflow; without it the one of the session or the parents.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// Session that asks, and that waits for the outcome.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,

    /// Checkpoint with which the work is handed over.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Create {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let call = self.call.clone();
        let request = CreateHandoffRequest {
            request_id: call.request_id(),
            context: call.context(),
            handoff: Some(self.requested()?),
        };
        let answer =
            answered(async || Ok(target.handoffs().await?.create_handoff(request.clone()).await?.into_inner())).await?;
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position);
        held::tell(target, &call, "offered", &handoff, &told, held::what_comes(&handoff))
    }

    fn requested(self) -> Result<HandoffRequested, Failure> {
        let work = self.work;
        Ok(HandoffRequested {
            workflow_id: self.workflow.unwrap_or_default(),
            context: work.context()?,
            from_agent: work.from.unwrap_or_default(),
            to_agent: work.to,
            task_type: work.task_type.unwrap_or_default(),
            task_description: work.description.unwrap_or_default(),
            deadline: work.deadline,
            priority: work.priority.unwrap_or_default().into(),
            handoff_id: work.handoff_id.map(|id| id.to_string()).unwrap_or_default(),
            task_id: work.task_id.map(|id| id.to_string()).unwrap_or_default(),
            to_kind: work.to_kind.unwrap_or_default().into(),
            fairness_key: work.fairness_key.unwrap_or_default(),
            lease_seconds: work.lease.map(|span| span.as_secs_f64()),
            stall_seconds: work.stall.map(|span| span.as_secs_f64()),
            max_attempts: work.max_attempts,
            session_id: self.session.unwrap_or_default(),
            checkpoint_id: self.checkpoint.unwrap_or_default(),
        })
    }
}
