//! `god33 director delegations`.

use clap::Args;
use god33_proto::v1::{ListDelegationsRequest, ServiceWorkState};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::{Failure, Target, print, table};

/// List delegations, the newest first.
#[derive(Args, Debug)]
pub struct Delegations {
    /// Of this task.
    #[arg(long, value_name = "ID")]
    task: Option<String>,

    /// Of this service.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// Whose work this agent does.
    #[arg(long, value_name = "NAME")]
    to: Option<String>,

    /// In this state; may be repeated.
    #[arg(long = "state", value_parser = words::<ServiceWorkState>())]
    states: Vec<ServiceWorkState>,

    #[command(flatten)]
    page: PageArgs,
}

impl Delegations {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListDelegationsRequest {
            task_id: self.task.unwrap_or_default(),
            service: self.service.unwrap_or_default(),
            to_agent: self.to.unwrap_or_default(),
            states: self.states.into_iter().map(Into::into).collect(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.director().await?.list_delegations(request).await?.into_inner();
        let none = "no delegations: make one with `god33 director delegate --service NAME --to AGENT`";
        let line = show::delegation_line;
        table::list(target, &answer.delegations, print::message_json, line, none, &answer.next_page_token)
    }
}
