//! `god33 sessions start`.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{SessionStarted, StartSessionRequest};
use god33_service::text::open_object_of;
use uuid::Uuid;

use super::step;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, ExportArgs, duration, json, lasting};
use crate::cli::{Failure, Target};

/// Start a session: one run of an agent.
#[derive(Args, Debug)]
pub struct Start {
    /// Type of the agent, for instance letta-python-dev.
    #[arg(long, env = "GOD33_AGENT", value_name = "TYPE")]
    agent: String,

    /// The agent's instance, for example letta-python-dev-001.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// Id of the session; without it the server makes one.
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// The workflow.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// Checkpoint that it starts from.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    /// Anything else about it, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    metadata: Option<String>,

    /// Framework of the agent; without it the one of the type.
    #[arg(long, value_name = "WORD")]
    framework: Option<String>,

    /// How long the session may be silent before it counts as failed, 1s to 1d; without it 60s.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    heartbeat_timeout: Option<Duration>,

    /// The agent's id in the registry.
    #[arg(long, value_name = "UUID")]
    agent_id: Option<Uuid>,

    #[command(flatten)]
    export: ExportArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl Start {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let metadata = self.metadata.as_deref().map(|text| json("--metadata", text, open_object_of)).transpose()?;
        let session = SessionStarted {
            session_id: self.id.unwrap_or_default(),
            workflow_id: self.workflow.unwrap_or_default(),
            agent_type: self.agent,
            agent_instance_id: self.instance.unwrap_or_default(),
            checkpoint_id: self.checkpoint.unwrap_or_default(),
            metadata,
        };
        let request = StartSessionRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            session: Some(session),
            framework: self.framework.unwrap_or_default(),
            heartbeat_timeout: self.heartbeat_timeout.map(lasting),
            agent_id: self.agent_id.map(|id| id.to_string()).unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.start_session(request.clone()).await?.into_inner())).await?;
        let session = answer.session.unwrap_or_default();
        let variables = step::variables(&session);
        let next = format!(
            "for the commands that follow:  export {variables}\n\
             show that it lives:            god33 sessions heartbeat --every 20s\n\
             wait for work:                 god33 handoffs claim --accept"
        );
        let told = step::answer(&session, &answer.event_ids, answer.position);
        let done = Done {
            word: "started",
            id: &session.session_id,
            more: session.agent_type.clone(),
            export: self.export.only(&variables),
            next,
            ..Done::default()
        };
        done.tell(target, &self.call, &told)
    }
}
