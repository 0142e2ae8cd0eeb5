//! `god33 agents set-state`.

use clap::Args;
use god33_proto::v1::{AgentState, SetAgentStateRequest};

use super::subject::AgentArg;
use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, word, words};
use crate::cli::print::{message_json, shell_word};
use crate::cli::{Failure, Target};

/// Say what an agent does now.
#[derive(Args, Debug)]
pub struct SetState {
    #[command(flatten)]
    agent: AgentArg,

    /// What it does now.
    #[arg(long, value_parser = words::<AgentState>())]
    state: AgentState,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl SetState {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let mut client = target.agents().await?;
        let request = SetAgentStateRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            agent_id: self.agent.id(&mut client).await?,
            state: self.state.into(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer = answered(async || Ok(client.set_agent_state(request.clone()).await?.into_inner())).await?;
        let agent = answer.agent.unwrap_or_default();
        let json = Answer::default().with("agent", &message_json(&agent));
        let done = Done {
            word: &word(agent.state()),
            id: &agent.agent_id,
            more: agent.instance_id.clone(),
            next: format!("the others of its type: god33 agents list --type {}", shell_word(&agent.agent_type)),
            ..Done::default()
        };
        done.tell(target, &self.call, &json.recorded(&answer.event_ids, answer.position))
    }
}
