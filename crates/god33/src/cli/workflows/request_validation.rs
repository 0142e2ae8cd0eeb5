//! `god33 workflows request-validation`.

use clap::Args;
use god33_proto::v1::{Artifact, RequestValidationRequest, WorkflowValidationRequested};
use uuid::Uuid;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::artifact;
use crate::cli::{Failure, Target};

/// Ask for a check of a result.
#[derive(Args, Debug)]
pub struct RequestValidation {
    #[command(flatten)]
    step: StepArgs,

    /// Agent whose work is to be checked.
    #[arg(long, value_name = "NAME")]
    target_agent: String,

    /// Agent that asks.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// Task whose result is to be checked.
    #[arg(long, value_name = "UUID")]
    task: Option<Uuid>,

    /// What is to be checked; may be repeated.
    #[arg(long = "artifact", value_name = "TYPE:PATH[:STATUS]", value_parser = artifact)]
    artifacts: Vec<Artifact>,

    /// What to look at, in words.
    #[arg(long, value_name = "TEXT")]
    criteria: Option<String>,
}

impl RequestValidation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let validation = WorkflowValidationRequested {
            workflow_id: workflow.id(),
            from_agent: self.from.unwrap_or_default(),
            target_agent: self.target_agent,
            task_id: self.task.map(|id| id.to_string()).unwrap_or_default(),
            artifacts: self.artifacts,
            criteria: self.criteria.unwrap_or_default(),
        };
        let request = RequestValidationRequest {
            request_id: call.request_id(),
            context: call.context(),
            expected_version,
            validation: Some(validation),
        };
        let answer =
            answered(async || Ok(target.workflows().await?.request_validation(request.clone()).await?.into_inner()))
                .await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "check requested", &workflow, &told)
    }
}
