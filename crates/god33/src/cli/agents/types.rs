//! `god33 agents types`.

use clap::Args;
use god33_proto::v1::ListAgentTypesRequest;

use super::show;
use crate::cli::arguments::PageArgs;
use crate::cli::{Failure, Target, print, table};

/// List types, by name.
#[derive(Args, Debug)]
pub struct Types {
    /// Only types with this capability.
    #[arg(long, value_name = "WORD")]
    capability: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl Types {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListAgentTypesRequest {
            capability: self.capability.unwrap_or_default(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.agents().await?.list_agent_types(request).await?.into_inner();
        let none = "no types: make one known with `god33 agents register-type NAME --capability WORD`";
        table::list(target, &answer.agent_types, print::message_json, show::type_line, none, &answer.next_page_token)
    }
}
