//! `god33 agents assign`.

use clap::Args;
use god33_proto::v1::{AssignTaskRequest, AssignTaskResponse};
use uuid::Uuid;

use super::subject::AgentArg;
use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, TaskContextArgs, word};
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Give a task to one agent.
#[derive(Args, Debug)]
pub struct Assign {
    #[command(flatten)]
    agent: AgentArg,

    /// What is to be done.
    #[arg(long, value_name = "TEXT")]
    description: String,

    /// Kind of task, for instance implement_feature.
    #[arg(long, value_name = "WORD")]
    task_type: Option<String>,

    #[command(flatten)]
    context: TaskContextArgs,

    /// The event that is the cause; it must be recorded.
    #[arg(long, value_name = "UUID")]
    cause: Option<Uuid>,

    /// The workflow; without it the one of the cause, or of the agent's session.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// Id of the task; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    call: CallArgs,
}

impl Assign {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let task_context = self.context.context()?;
        let mut client = target.agents().await?;
        let request = AssignTaskRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            agent_id: self.agent.id(&mut client).await?,
            task_type: self.task_type.unwrap_or_default(),
            description: self.description,
            task_context,
            correlation_id: self.cause.map(|id| id.to_string()).unwrap_or_default(),
            workflow_id: self.workflow.unwrap_or_default(),
            task_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
        };
        let answer = answered(async || Ok(client.assign_task(request.clone()).await?.into_inner())).await?;
        let event_id = answer.event_ids.first().map(String::as_str).unwrap_or_default();
        let done = Done {
            word: "assigned",
            id: &answer.task_id,
            more: format!("{} by {}", word(answer.status()), self.agent.name()),
            next: format!("what comes of it: god33 events descendants {}", shell_word(event_id)),
            ..Done::default()
        };
        done.tell(target, &self.call, &json_of(&answer))
    }
}

fn json_of(answer: &AssignTaskResponse) -> Answer {
    let mut json = Answer::default().value("task_id", answer.task_id.as_str()).value("status", word(answer.status()));
    if let Some(checkpoints) = answer.estimated_checkpoints {
        json = json.value("estimated_checkpoints", checkpoints);
    }
    json.recorded(&answer.event_ids, answer.position)
}
