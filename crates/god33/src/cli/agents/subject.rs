//! Which agent a command is about.

use clap::Args;
use god33_proto::v1::GetAgentRequest;
use uuid::Uuid;

use crate::cli::Failure;
use crate::cli::connection::AgentClient;

/// The agent that a command is about.
#[derive(Args, Clone, Debug)]
pub(super) struct AgentArg {
    /// The agent: its id or its instance. Not needed where --agent or GOD33_AGENT_ID names it.
    #[arg(value_name = "AGENT", required_unless_present = "agent")]
    agent_id: Option<String>,

    /// The agent: its id or its instance.
    #[arg(long, env = "GOD33_AGENT_ID", value_name = "NAME")]
    agent: Option<String>,
}

impl AgentArg {
    /// Its id or its instance: what stands in its place counts before what an option or the environment says.
    pub(super) fn name(&self) -> String {
        self.agent_id.as_ref().or(self.agent.as_ref()).cloned().unwrap_or_default()
    }

    /// Its id, for the calls that take nothing else. The server is asked where the agent is named by its instance.
    pub(super) async fn id(&self, client: &mut AgentClient) -> Result<String, Failure> {
        let name = self.name();
        if Uuid::try_parse(&name).is_ok() {
            return Ok(name);
        }
        let request = GetAgentRequest { agent_id: name, min_position: 0 };
        Ok(client.get_agent(request).await?.into_inner().agent.unwrap_or_default().agent_id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::{Args as _, Command, FromArgMatches};

    use super::*;

    fn named(arguments: &[&str]) -> Result<String, clap::Error> {
        // The environment of whoever runs the tests says nothing here.
        let command = AgentArg::augment_args(Command::new("test")).mut_arg("agent", |agent| agent.env(None::<&str>));
        Ok(AgentArg::from_arg_matches(&command.try_get_matches_from(arguments)?)?.name())
    }

    #[test]
    fn an_agent_is_named_in_its_place_or_by_an_option() {
        assert_eq!(named(&["test", "letta-1"]).unwrap(), "letta-1");
        assert_eq!(named(&["test", "--agent", "letta-2"]).unwrap(), "letta-2");
        assert_eq!(named(&["test", "letta-1", "--agent", "letta-2"]).unwrap(), "letta-1");
        assert!(named(&["test"]).is_err());
    }
}
