//! `god33 workflows complete-phase`.

use clap::Args;
use god33_proto::v1::{Artifact, CompletePhaseRequest, WorkflowPhase};

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::{artifact, words};
use crate::cli::{Failure, Target};

/// Complete the current phase of a workflow; the next one begins.
#[derive(Args, Debug)]
pub struct CompletePhase {
    #[command(flatten)]
    step: StepArgs,

    /// Phase that is done; it must be the current one.
    #[arg(long, value_parser = words::<WorkflowPhase>())]
    phase: WorkflowPhase,

    /// Agent that completed it.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// What came out of it; may be repeated.
    #[arg(long = "artifact", value_name = "TYPE:PATH[:STATUS]", value_parser = artifact)]
    artifacts: Vec<Artifact>,

    /// What came out of it, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
}

impl CompletePhase {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let request = CompletePhaseRequest {
            request_id: call.request_id(),
            context: call.context(),
            workflow_id: workflow.id(),
            expected_version,
            phase: self.phase.into(),
            from_agent: self.from.unwrap_or_default(),
            artifacts: self.artifacts,
            summary: self.summary.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.workflows().await?.complete_phase(request.clone()).await?.into_inner()))
                .await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "phase completed", &workflow, &told)
    }
}
