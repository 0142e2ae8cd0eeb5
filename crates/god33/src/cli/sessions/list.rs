//! `god33 sessions list`.

use clap::Args;
use god33_proto::v1::{ListSessionsRequest, SessionStatus};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::{Failure, Target, print, table};

/// List sessions, the one heard of last first.
#[derive(Args, Debug)]
pub struct List {
    /// Of this agent: an instance, a type or an id of the registry.
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,

    /// In this state; may be repeated.
    #[arg(long = "status", value_parser = words::<SessionStatus>())]
    statuses: Vec<SessionStatus>,

    /// Of this workflow.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListSessionsRequest {
            agent: self.agent.unwrap_or_default(),
            statuses: self.statuses.into_iter().map(i32::from).collect(),
            workflow_id: self.workflow.unwrap_or_default(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.sessions().await?.list_sessions(request).await?.into_inner();
        let none = "no sessions: start one with `god33 sessions start --agent TYPE`";
        table::list(target, &answer.sessions, print::message_json, show::line, none, &answer.next_page_token)
    }
}
