//! `god33 workflows fail`.

use clap::Args;
use god33_proto::v1::FailWorkflowRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// End a workflow without success; open work is cancelled.
#[derive(Args, Debug)]
pub struct Fail {
    #[command(flatten)]
    step: StepArgs,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Agent that gives up.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,
}

impl Fail {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let request = FailWorkflowRequest {
            request_id: call.request_id(),
            context: call.context(),
            workflow_id: workflow.id(),
            expected_version,
            from_agent: self.from.unwrap_or_default(),
            failure_reason: self.reason,
        };
        let answer =
            answered(async || Ok(target.workflows().await?.fail_workflow(request.clone()).await?.into_inner())).await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "failed", &workflow, &told)
    }
}
