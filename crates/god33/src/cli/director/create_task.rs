//! `god33 director create-task`.

use clap::Args;
use god33_proto::v1::{CreateCrossServiceTaskRequest, CrossServiceTaskCreated, Priority, ServiceSpec};
use prost_types::Timestamp;
use uuid::Uuid;

use super::parts::{Description, described, description, service};
use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, ExportArgs, deadline, words};
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Create a task over several services.
#[derive(Args, Debug)]
pub struct CreateTask {
    /// What is to be reached.
    #[arg(long, value_name = "TEXT")]
    goal: String,

    /// A service, as NAME, NAME:AGENT or NAME:AGENT:DEPENDENCY,… with the services that must be done before; may be repeated.
    #[arg(long = "service", value_name = "NAME[:AGENT[:DEPENDENCY,…]]", required = true, value_parser = service)]
    services: Vec<ServiceSpec>,

    /// What is to be done in a service; may be repeated.
    #[arg(long = "describe", value_name = "SERVICE=TEXT", value_parser = description)]
    descriptions: Vec<Description>,

    /// Agent that creates it.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// The workflow that it belongs to.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// The collaboration that it belongs to.
    #[arg(long, env = "GOD33_COLLABORATION", value_name = "ID")]
    collaboration: Option<String>,

    /// When it must be done: a time (RFC 3339), or a span of time from now such as 2h.
    #[arg(long, value_name = "TIME", value_parser = deadline)]
    deadline: Option<Timestamp>,

    /// How urgent it is; without it medium.
    #[arg(long, value_parser = words::<Priority>())]
    priority: Option<Priority>,

    /// Id of the task; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    export: ExportArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl CreateTask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let task = CrossServiceTaskCreated {
            task_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            goal: self.goal,
            services: described(self.services, self.descriptions)?,
            workflow_id: self.workflow.unwrap_or_default(),
            collaboration_id: self.collaboration.unwrap_or_default(),
            from_agent: self.from.unwrap_or_default(),
            deadline: self.deadline,
            priority: self.priority.unwrap_or_default().into(),
        };
        let request = CreateCrossServiceTaskRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            task: Some(task),
        };
        let answer = answered(async || {
            Ok(target.director().await?.create_cross_service_task(request.clone()).await?.into_inner())
        })
        .await?;
        let task = answer.task.unwrap_or_default();
        let variables = format!("GOD33_TASK={}", shell_word(&task.task_id));
        let done = Done {
            word: "created",
            id: &task.task_id,
            more: show::standing(&task),
            export: self.export.only(&variables),
            next: format!("for the commands that follow: export {variables}\n{}", show::next(&task)),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&task, &answer.event_ids, answer.position))
    }
}
