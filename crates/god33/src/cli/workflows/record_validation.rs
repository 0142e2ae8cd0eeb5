//! `god33 workflows record-validation`.

use clap::Args;
use god33_proto::v1::{RecordValidationRequest, WorkflowValidationCompleted};
use uuid::Uuid;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::ValidationArgs;
use crate::cli::{Failure, Target};

/// Record the outcome of a check.
#[derive(Args, Debug)]
pub struct RecordValidation {
    #[command(flatten)]
    step: StepArgs,

    #[command(flatten)]
    outcome: Outcome,

    /// Agent that checked.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// Agent whose work was checked.
    #[arg(long, value_name = "NAME")]
    target_agent: Option<String>,

    /// Task whose result was checked.
    #[arg(long, value_name = "UUID")]
    task: Option<Uuid>,

    #[command(flatten)]
    validation: ValidationArgs,

    /// What was found, for the agent that has to mend it; may be repeated.
    #[arg(long = "finding", value_name = "TEXT")]
    findings: Vec<String>,

    /// What to do next, in a word such as qa_review.
    #[arg(long, value_name = "WORD")]
    next_action: Option<String>,

    /// The outcome in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
}

/// How the check ended.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Outcome {
    /// The work is good.
    #[arg(long)]
    passed: bool,

    /// The work must be mended.
    #[arg(long)]
    failed: bool,
}

impl RecordValidation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let validation = WorkflowValidationCompleted {
            workflow_id: workflow.id(),
            from_agent: self.from.unwrap_or_default(),
            target_agent: self.target_agent.unwrap_or_default(),
            task_id: self.task.map(|id| id.to_string()).unwrap_or_default(),
            passed: Some(self.outcome.passed),
            validation: self.validation.validation(),
            findings: self.findings,
            next_action: self.next_action.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
        };
        let request = RecordValidationRequest {
            request_id: call.request_id(),
            context: call.context(),
            expected_version,
            validation: Some(validation),
        };
        let answer =
            answered(async || Ok(target.workflows().await?.record_validation(request.clone()).await?.into_inner()))
                .await?;
        let workflow = answer.workflow.unwrap_or_default();
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        step::tell(target, &call, "outcome recorded", &workflow, &told)
    }
}
