//! `god33 agents pools`.

use clap::Args;
use god33_proto::v1::ListAgentPoolsRequest;

use super::show;
use crate::cli::arguments::PageArgs;
use crate::cli::{Failure, Target, print, table};

/// List the pools, by type.
#[derive(Args, Debug)]
pub struct Pools {
    #[command(flatten)]
    page: PageArgs,
}

impl Pools {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListAgentPoolsRequest { page_size: self.page.limit, page_token: self.page.page, min_position: 0 };
        let answer = target.agents().await?.list_agent_pools(request).await?.into_inner();
        let none = "no pools: each type of agent has one; make one known with `god33 agents register-type NAME`";
        table::list(target, &answer.pools, print::message_json, show::pool, none, &answer.next_page_token)
    }
}
