//! `god33 collaborations list`.

use clap::Args;
use god33_proto::v1::{CollaborationState, ListCollaborationsRequest};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::{Failure, Target, print, table};

/// List collaborations, the newest first.
#[derive(Args, Debug)]
pub struct List {
    /// In this state; may be repeated.
    #[arg(long = "state", value_name = "WORD", value_parser = words::<CollaborationState>())]
    states: Vec<CollaborationState>,

    /// Of this workflow.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,

    /// In which this agent takes part.
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListCollaborationsRequest {
            states: self.states.into_iter().map(Into::into).collect(),
            workflow_id: self.workflow.unwrap_or_default(),
            agent_id: self.agent.unwrap_or_default(),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.collaborations().await?.list_collaborations(request).await?.into_inner();
        let none = "no collaborations: god33 collaborations start --goal GOAL --participant AGENT";
        table::list(target, &answer.collaborations, print::message_json, show::line, none, &answer.next_page_token)
    }
}
