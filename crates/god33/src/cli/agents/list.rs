//! `god33 agents list`.

use clap::Args;
use god33_proto::v1::{AgentState, ListAgentsRequest};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::{Failure, Target, print, table};

/// List agents, the newest first; those that have stopped only when they are asked for.
#[derive(Args, Debug)]
pub struct List {
    /// Of this type.
    #[arg(long = "type", value_name = "NAME")]
    agent_type: Option<String>,

    /// In this state; may be repeated.
    #[arg(long = "state", value_parser = words::<AgentState>())]
    states: Vec<AgentState>,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListAgentsRequest {
            agent_type: self.agent_type.unwrap_or_default(),
            states: self.states.into_iter().map(Into::into).collect(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.agents().await?.list_agents(request).await?.into_inner();
        let none = "no agents: create one with `god33 agents create TYPE`";
        table::list(target, &answer.agents, print::message_json, show::line, none, &answer.next_page_token)
    }
}
