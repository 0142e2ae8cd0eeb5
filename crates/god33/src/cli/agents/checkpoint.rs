//! `god33 agents checkpoint`.

use clap::Args;
use god33_proto::v1::{GetAgentCheckpointRequest, GetAgentCheckpointResponse};
use god33_service::text::open_object_text;

use super::show;
use super::subject::AgentArg;
use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::print::message_json;
use crate::cli::{Failure, Target, print};

/// Show a checkpoint of an agent, with its memory.
#[derive(Args, Debug)]
pub struct Checkpoint {
    #[command(flatten)]
    agent: AgentArg,

    /// The checkpoint; without it the newest.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,
}

impl Checkpoint {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let mut client = target.agents().await?;
        let request = GetAgentCheckpointRequest {
            agent_id: self.agent.id(&mut client).await?,
            checkpoint_id: self.checkpoint.unwrap_or_default(),
            min_position: 0,
        };
        let answer = client.get_agent_checkpoint(request).await?.into_inner();
        if target.output == Output::Json {
            return print::json(&json_of(&answer).text());
        }
        print::text(&show::checkpoint(&answer))
    }
}

/// The answer without what its checkpoint says too.
fn json_of(answer: &GetAgentCheckpointResponse) -> Answer {
    let mut json = Answer::default().value("checkpoint_id", answer.checkpoint_id.as_str());
    if let Some(memory) = &answer.memory_snapshot {
        json = json.with("memory_snapshot", &open_object_text(memory));
    }
    if let Some(checkpoint) = &answer.checkpoint {
        json = json.with("checkpoint", &message_json(checkpoint));
    }
    json.value("position", answer.position)
}
