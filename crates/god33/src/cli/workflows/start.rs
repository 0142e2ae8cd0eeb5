//! `god33 workflows start`.

use clap::Args;
use god33_proto::v1::{StartWorkflowRequest, WorkflowPhase};
use god33_service::text::open_object_of;
use uuid::Uuid;

use super::step;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, ExportArgs, json, words};
use crate::cli::{Failure, Target, print};

/// Start a workflow.
#[derive(Args, Debug)]
pub struct Start {
    /// Name of the project, 1 to 255 characters.
    project: String,

    /// Id of the workflow; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    /// Phase that it starts in; without it analysis.
    #[arg(long, value_parser = words::<WorkflowPhase>())]
    phase: Option<WorkflowPhase>,

    /// Agent that starts it.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// What it is for, in a sentence.
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// Anything else about it, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    metadata: Option<String>,

    #[command(flatten)]
    export: ExportArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl Start {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let metadata = self.metadata.as_deref().map(|text| json("--metadata", text, open_object_of)).transpose()?;
        let request = StartWorkflowRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            project_name: self.project,
            workflow_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            phase: self.phase.unwrap_or_default().into(),
            from_agent: self.from.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            metadata,
        };
        let answer =
            answered(async || Ok(target.workflows().await?.start_workflow(request.clone()).await?.into_inner()))
                .await?;
        let workflow = answer.workflow.unwrap_or_default();
        let id = print::shell_word(&workflow.workflow_id);
        let variables = format!("GOD33_WORKFLOW={id}");
        let done = Done {
            word: "started",
            id: &workflow.workflow_id,
            more: workflow.project_name.clone(),
            export: self.export.only(&variables),
            next: format!(
                "for the commands that follow: export {variables}\n\
                 hand work to an agent:        god33 workflows handoff {id} --to AGENT --description TEXT"
            ),
            ..Done::default()
        };
        done.tell(target, &self.call, &step::answer(&workflow, &answer.event_ids, answer.position))
    }
}
