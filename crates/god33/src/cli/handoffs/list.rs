//! `god33 handoffs list`.

use clap::Args;
use god33_proto::v1::{HandoffState, ListHandoffsRequest};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::{Failure, Target, print, table};

/// List handoffs, the newest first.
#[derive(Args, Debug)]
pub struct List {
    /// Of this workflow.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,

    /// In this state; may be repeated.
    #[arg(long = "state", value_parser = words::<HandoffState>())]
    states: Vec<HandoffState>,

    /// Handed over by this agent.
    #[arg(long, value_name = "NAME")]
    from: Option<String>,

    /// Offered to this agent, or held by it.
    #[arg(long, value_name = "NAME")]
    to: Option<String>,

    /// Held by this session.
    #[arg(long, value_name = "ID")]
    session: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListHandoffsRequest {
            workflow_id: self.workflow.unwrap_or_default(),
            states: self.states.into_iter().map(i32::from).collect(),
            from_agent: self.from.unwrap_or_default(),
            to_agent: self.to.unwrap_or_default(),
            session_id: self.session.unwrap_or_default(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.handoffs().await?.list_handoffs(request).await?.into_inner();
        let none = "no handoffs: offer work with `god33 handoffs create --to AGENT --description TEXT`";
        table::list(target, &answer.handoffs, print::message_json, show::line, none, &answer.next_page_token)
    }
}
