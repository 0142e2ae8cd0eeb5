//! `god33 director request-validation`.

use clap::Args;
use god33_proto::v1::{MiseValidationRequested, RequestMiseValidationRequest};

use super::show;
use crate::cli::again::answered;
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target};

/// Ask for a check of the services.
#[derive(Args, Debug)]
pub struct RequestValidation {
    /// The task whose services are to be checked.
    #[arg(long, env = "GOD33_TASK", value_name = "ID")]
    task: Option<String>,

    /// A service to check; may be repeated. Without it all of the task.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,

    /// Pattern to check against; without it the one of the task.
    #[arg(long, value_name = "ID")]
    pattern: Option<String>,

    /// What is to be checked, in a word. Without it "all_service_implementations".
    #[arg(long, value_name = "WORD")]
    validates: Option<String>,

    /// Agent that asks.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl RequestValidation {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let validation = MiseValidationRequested {
            validates: self.validates.unwrap_or_default(),
            from_agent: self.from.unwrap_or_default(),
            services: self.services,
            pattern_id: self.pattern.unwrap_or_default(),
            task_id: self.task.unwrap_or_default(),
        };
        let request = RequestMiseValidationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            validation: Some(validation),
        };
        let answer = answered(async || {
            Ok(target.director().await?.request_mise_validation(request.clone()).await?.into_inner())
        })
        .await?;
        show::checked(target, &self.call, "check requested", answer.task, &answer.event_ids, answer.position)
    }
}
