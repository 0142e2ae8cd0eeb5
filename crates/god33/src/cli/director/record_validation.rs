//! `god33 director record-validation`.

use clap::Args;
use god33_proto::v1::{MiseValidationCompleted, RecordMiseValidationRequest, ServiceFinding};

use super::parts::{finding, gathered};
use super::show;
use crate::cli::again::answered;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target};

/// Record the outcome of a check.
#[derive(Args, Debug)]
pub struct RecordValidation {
    /// The task whose services were checked.
    #[arg(long, env = "GOD33_TASK", value_name = "ID")]
    task: Option<String>,

    #[command(flatten)]
    outcome: Outcome,

    /// What was found in a service: SERVICE where all is well, SERVICE:PROBLEM where not; may be repeated.
    #[arg(long = "finding", value_name = "SERVICE[:PROBLEM]", value_parser = finding)]
    findings: Vec<ServiceFinding>,

    /// The outcome in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// What was checked, in a word.
    #[arg(long, value_name = "WORD")]
    validates: Option<String>,

    /// Agent that checked.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

/// How the check ended.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Outcome {
    /// All services follow the pattern.
    #[arg(long)]
    passed: bool,

    /// Some do not.
    #[arg(long)]
    failed: bool,
}

impl RecordValidation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let validation = MiseValidationCompleted {
            validates: self.validates.unwrap_or_default(),
            from_agent: self.from.unwrap_or_default(),
            passed: Some(self.outcome.passed),
            findings: gathered(self.findings),
            task_id: self.task.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
        };
        let request = RecordMiseValidationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            validation: Some(validation),
        };
        let answer =
            answered(async || Ok(target.director().await?.record_mise_validation(request.clone()).await?.into_inner()))
                .await?;
        show::checked(target, &self.call, "outcome recorded", answer.task, &answer.event_ids, answer.position)
    }
}
