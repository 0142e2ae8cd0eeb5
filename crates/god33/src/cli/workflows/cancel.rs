//! `god33 workflows cancel`.

use clap::Args;
use god33_proto::v1::CancelWorkflowRequest;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// End a workflow that is not wanted any more; open work is cancelled.
#[derive(Args, Debug)]
pub struct Cancel {
    #[command(flatten)]
    step: StepArgs,

    /// Who cancels it: an agent or a person. Without it the caller.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

impl Cancel {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let request = CancelWorkflowRequest {
            request_id: call.request_id(),
            context: call.context(),
            workflow_id: workflow.id(),
            expected_version,
            cancelled_by: self.by.unwrap_or_default(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.workflows().await?.cancel_workflow(request.clone()).await?.into_inner()))
                .await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "cancelled", &workflow, &told)
    }
}
