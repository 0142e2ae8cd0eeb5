//! `god33 workflows complete`.

use clap::Args;
use god33_proto::v1::{Artifact, CompleteWorkflowRequest};

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::artifact;
use crate::cli::{Failure, Target};

/// End a workflow with success.
#[derive(Args, Debug)]
pub struct Complete {
    #[command(flatten)]
    step: StepArgs,

    /// Agent that completes it.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// What came out of it; may be repeated.
    #[arg(long = "artifact", value_name = "TYPE:PATH[:STATUS]", value_parser = artifact)]
    artifacts: Vec<Artifact>,

    /// What came out of it, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Cancel work that is still open, instead of being refused for it.
    #[arg(long)]
    force: bool,
}

impl Complete {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let request = CompleteWorkflowRequest {
            request_id: call.request_id(),
            context: call.context(),
            workflow_id: workflow.id(),
            expected_version,
            from_agent: self.from.unwrap_or_default(),
            artifacts: self.artifacts,
            summary: self.summary.unwrap_or_default(),
            force: self.force,
        };
        let answer =
            answered(async || Ok(target.workflows().await?.complete_workflow(request.clone()).await?.into_inner()))
                .await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "completed", &workflow, &told)
    }
}
