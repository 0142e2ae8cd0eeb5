//! `god33 collaborations start`.

use clap::Args;
use god33_proto::v1::{
    CollaborationStarted, CoordinationStrategy, DeadlockPolicy, ParticipantSpec, StartCollaborationRequest,
};
use god33_service::text::open_object_of;
use prost_types::Timestamp;
use uuid::Uuid;

use super::participant::participant;
use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, ExportArgs, deadline, json, words};
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Start a collaboration.
#[derive(Args, Debug)]
pub struct Start {
    /// What is to be reached.
    #[arg(long, value_name = "TEXT")]
    goal: String,

    /// Who takes part, as AGENT, AGENT:ROLE or AGENT:ROLE:RESPONSIBILITY,…; may be repeated. The one with the role "orchestrator" leads.
    #[arg(long = "participant", value_name = "AGENT[:ROLE[:RESPONSIBILITY,…]]", value_parser = participant)]
    participants: Vec<ParticipantSpec>,

    /// Agent that starts it; it leads unless there is an orchestrator.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// How they decide. Without it hierarchical.
    #[arg(long, value_name = "WORD", value_parser = words::<CoordinationStrategy>())]
    strategy: Option<CoordinationStrategy>,

    /// What happens when they wait for each other. Without it people are told.
    #[arg(long, value_name = "WORD", value_parser = words::<DeadlockPolicy>())]
    deadlock_policy: Option<DeadlockPolicy>,

    /// What they share from the start, as a JSON object with a member a key; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,

    /// The workflow that it belongs to.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// When it must be done: a time (RFC 3339), or a span of time from now such as 2h.
    #[arg(long, value_name = "TIME", value_parser = deadline)]
    deadline: Option<Timestamp>,

    /// Id of the collaboration; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    export: ExportArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl Start {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = self.request()?;
        let answer = answered(async || {
            Ok(target.collaborations().await?.start_collaboration(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let variables = format!("GOD33_COLLABORATION={}", shell_word(&collaboration.collaboration_id));
        let done = Done {
            word: "started",
            id: &collaboration.collaboration_id,
            export: self.export.only(&variables),
            next: format!("for the commands that follow: export {variables}\n{}", show::next(&collaboration)),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }

    fn request(&self) -> Result<StartCollaborationRequest, Failure> {
        let context = self.context.as_deref().map(|text| json("--context", text, open_object_of)).transpose()?;
        let collaboration = CollaborationStarted {
            collaboration_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            initiator_agent: self.from.clone().unwrap_or_default(),
            goal: self.goal.clone(),
            participants: self.participants.clone(),
            shared_context: context,
            coordination_strategy: self.strategy.unwrap_or_default().into(),
            workflow_id: self.workflow.clone().unwrap_or_default(),
            deadlock_policy: self.deadlock_policy.unwrap_or_default().into(),
            deadline: self.deadline,
        };
        Ok(StartCollaborationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            collaboration: Some(collaboration),
        })
    }
}
