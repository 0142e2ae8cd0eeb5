//! `god33 workflows skip-phase`.

use clap::Args;
use god33_proto::v1::{SkipPhaseRequest, WorkflowPhase};

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::words;
use crate::cli::{Failure, Target};

/// Leave the current phase of a workflow out on purpose; the next one begins.
#[derive(Args, Debug)]
pub struct SkipPhase {
    #[command(flatten)]
    step: StepArgs,

    /// Phase that is left out; it must be the current one.
    #[arg(long, value_parser = words::<WorkflowPhase>())]
    phase: WorkflowPhase,

    /// Agent that decided it.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl SkipPhase {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let request = SkipPhaseRequest {
            request_id: call.request_id(),
            context: call.context(),
            workflow_id: workflow.id(),
            expected_version,
            phase: self.phase.into(),
            from_agent: self.from.unwrap_or_default(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.workflows().await?.skip_phase(request.clone()).await?.into_inner())).await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "phase skipped", &workflow, &told)
    }
}
