//! `god33 agents get`.

use clap::Args;
use god33_proto::v1::GetAgentRequest;

use super::show;
use super::subject::AgentArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one agent.
#[derive(Args, Debug)]
pub struct Get {
    #[command(flatten)]
    agent: AgentArg,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetAgentRequest { agent_id: self.agent.name(), min_position: 0 };
        let agent = target.agents().await?.get_agent(request).await?.into_inner().agent.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&agent));
        }
        print::text(&show::whole(&agent))?;
        print::hint(&show::next(&agent))
    }
}
