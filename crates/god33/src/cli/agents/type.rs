//! `god33 agents type`.

use clap::Args;
use god33_proto::v1::GetAgentTypeRequest;

use super::show;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one type.
#[derive(Args, Debug)]
pub struct Type {
    /// Its name.
    agent_type: String,
}

impl Type {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetAgentTypeRequest { agent_type: self.agent_type, min_position: 0 };
        let answer = target.agents().await?.get_agent_type(request).await?.into_inner();
        let agent_type = answer.agent_type.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&agent_type));
        }
        print::text(&show::whole_type(&agent_type))?;
        let name = print::shell_word(&agent_type.agent_type);
        print::hint(&format!("its agents: god33 agents list --type {name}"))
    }
}
