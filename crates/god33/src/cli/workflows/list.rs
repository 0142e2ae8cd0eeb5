//! `god33 workflows list`.

use clap::Args;
use god33_proto::v1::{ListWorkflowsRequest, WorkflowPhase, WorkflowStatus};

use super::show;
use crate::cli::arguments::{PageArgs, words};
use crate::cli::filter::time;
use crate::cli::{Failure, Target, print, table};

/// List workflows, the last changed first.
#[derive(Args, Debug)]
pub struct List {
    /// Of this project.
    #[arg(long, value_name = "NAME")]
    project: Option<String>,

    /// In this phase.
    #[arg(long, value_parser = words::<WorkflowPhase>())]
    phase: Option<WorkflowPhase>,

    /// In this state.
    #[arg(long, value_parser = words::<WorkflowStatus>())]
    status: Option<WorkflowStatus>,

    /// In which this agent acts now.
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,

    /// With these words in the name of the project or the description.
    #[arg(long, value_name = "WORDS")]
    query: Option<String>,

    /// Started at this time or later (RFC 3339).
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// Started before this time (RFC 3339).
    #[arg(long, value_name = "TIME")]
    until: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListWorkflowsRequest {
            project_name: self.project.unwrap_or_default(),
            phase: self.phase.unwrap_or_default().into(),
            agent_id: self.agent.unwrap_or_default(),
            status: self.status.unwrap_or_default().into(),
            query: self.query.unwrap_or_default(),
            since: self.since.as_deref().map(|text| time("--since", text)).transpose()?,
            until: self.until.as_deref().map(|text| time("--until", text)).transpose()?,
            page_size: self.page.limit,
            page_token: self.page.page,
            ..ListWorkflowsRequest::default()
        };
        let answer = target.workflows().await?.list_workflows(request).await?.into_inner();
        let none = "no workflows: start one with `god33 workflows start PROJECT`";
        table::list(target, &answer.workflows, print::message_json, show::line, none, &answer.next_page_token)
    }
}
