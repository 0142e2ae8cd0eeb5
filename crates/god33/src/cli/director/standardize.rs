//! `god33 director standardize`.

use clap::Args;
use god33_proto::v1::{MiseStandardizationRequested, RequestMiseStandardizationRequest};

use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::CallArgs;
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Ask an agent to define a pattern for services.
#[derive(Args, Debug)]
pub struct Standardize {
    /// Agent that shall define the pattern, for instance mise-architect.
    #[arg(long, value_name = "NAME")]
    orchestrator: String,

    /// A service that shall follow it; may be repeated.
    #[arg(long = "service", value_name = "NAME", required = true)]
    services: Vec<String>,

    /// Name of a task to standardise; may be repeated.
    #[arg(long = "standard-task", value_name = "NAME")]
    standard_tasks: Vec<String>,

    /// Agent that asks.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// The task over several services that it is for.
    #[arg(long, env = "GOD33_TASK", value_name = "ID")]
    task: Option<String>,

    /// The collaboration; without it the one of the first parent.
    #[arg(long, env = "GOD33_COLLABORATION", value_name = "ID")]
    collaboration: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Standardize {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let standardization = MiseStandardizationRequested {
            from_agent: self.from.unwrap_or_default(),
            orchestrator: self.orchestrator.clone(),
            target_services: self.services,
            collaboration_id: self.collaboration.unwrap_or_default(),
            task_id: self.task.unwrap_or_default(),
            standard_tasks: self.standard_tasks,
        };
        let request = RequestMiseStandardizationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            standardization: Some(standardization),
        };
        let answer = answered(async || {
            Ok(target.director().await?.request_mise_standardization(request.clone()).await?.into_inner())
        })
        .await?;
        // The request has no id but the one of its event.
        let event_id = answer.event_ids.first().cloned().unwrap_or_default();
        let done = Done {
            word: "asked",
            id: &event_id,
            more: format!("of {}", self.orchestrator),
            next: format!(
                "the pattern: god33 director define-pattern --parent {} --from {} --tasks '{{\"build\":\"cargo build\"}}'",
                shell_word(&event_id),
                shell_word(&self.orchestrator)
            ),
            ..Done::default()
        };
        done.tell(target, &self.call, &Answer::default().recorded(&answer.event_ids, answer.position))
    }
}
