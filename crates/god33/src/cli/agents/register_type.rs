//! `god33 agents register-type`.

use clap::Args;
use god33_proto::v1::{AgentTypeRegistered, RegisterAgentTypeRequest};
use god33_service::text::open_object_of;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, json};
use crate::cli::print::{message_json, shell_word};
use crate::cli::{Failure, Target};

/// Make a type of agent known, or describe it anew.
#[derive(Args, Debug)]
pub struct RegisterType {
    /// Name of the type, for instance letta-python-dev.
    agent_type: String,

    /// Framework that runs it, the second segment of its event types, for instance letta.
    #[arg(long, value_name = "WORD")]
    framework: Option<String>,

    /// What it can do; may be repeated. Handoffs to a capability are offered to it.
    #[arg(long = "capability", value_name = "WORD")]
    capabilities: Vec<String>,

    /// A version of handoff payloads that it accepts; may be repeated. Without it any.
    #[arg(long = "payload-version", value_name = "VERSION")]
    payload_versions: Vec<String>,

    /// A version of checkpoints that it reads; may be repeated. Without it any.
    #[arg(long = "schema-version", value_name = "VERSION")]
    schema_versions: Vec<String>,

    /// Warm instances that its pool should hold. Without it 10.
    #[arg(long, value_name = "N")]
    warm: Option<u32>,

    /// Most instances that its pool may hold. Without it no limit.
    #[arg(long, value_name = "N")]
    max: Option<u32>,

    /// What it is for, in a sentence.
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// Anything else about it, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    metadata: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl RegisterType {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let metadata = self.metadata.as_deref().map(|text| json("--metadata", text, open_object_of)).transpose()?;
        let described = AgentTypeRegistered {
            agent_type: self.agent_type,
            framework: self.framework.unwrap_or_default(),
            capabilities: self.capabilities,
            payload_versions: self.payload_versions,
            checkpoint_schema_versions: self.schema_versions,
            desired_warm: self.warm,
            max_instances: self.max,
            description: self.description.unwrap_or_default(),
            metadata,
        };
        let request = RegisterAgentTypeRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            agent_type: Some(described),
        };
        let answer =
            answered(async || Ok(target.agents().await?.register_agent_type(request.clone()).await?.into_inner()))
                .await?;
        let agent_type = answer.agent_type.unwrap_or_default();
        let json = Answer::default().with("agent_type", &message_json(&agent_type));
        let done = Done {
            word: "registered",
            id: &agent_type.agent_type,
            more: show::warm(&agent_type),
            next: format!("an agent of it: god33 agents create {}", shell_word(&agent_type.agent_type)),
            ..Done::default()
        };
        done.tell(target, &self.call, &json.recorded(&answer.event_ids, answer.position))
    }
}
