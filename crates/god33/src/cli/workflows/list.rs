//! `god33 workflows list`.

use clap::{Args, ValueEnum};
use god33_proto::v1::{ListWorkflowsRequest, WorkflowPhase, WorkflowStatus};

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print, tables};

/// List workflows, the last changed first.
#[derive(Args, Debug)]
pub struct List {
    /// Of this project.
    #[arg(long, default_value = "", value_name = "NAME")]
    project: String,

    /// In this phase.
    #[arg(long, value_enum)]
    phase: Option<Phase>,

    /// In this state.
    #[arg(long, value_enum)]
    status: Option<Status>,

    /// At most this many, 1 to 1,000.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,

    /// Go on where an earlier list ended: the token that it printed.
    #[arg(long, value_name = "TOKEN", default_value = "")]
    page: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Phase {
    Analysis,
    Planning,
    Solutioning,
    Implementation,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Status {
    Active,
    Completed,
    Failed,
    Cancelled,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListWorkflowsRequest {
            project_name: self.project,
            phase: self.phase.map_or(WorkflowPhase::Unspecified, Phase::contract).into(),
            status: self.status.map_or(WorkflowStatus::Unspecified, Status::contract).into(),
            page_size: self.limit,
            page_token: self.page,
            ..ListWorkflowsRequest::default()
        };
        let answer = target.workflows().await?.list_workflows(request).await?.into_inner();
        if target.output == Output::Json {
            answer.workflows.iter().try_for_each(|workflow| print::json(&print::message_json(workflow)))?;
            return print::more(target, &answer.next_page_token);
        }
        tables::workflows(&answer.workflows)?;
        if answer.workflows.is_empty() {
            print::hint("no workflows: the first event with a workflow_id in its payload makes one")?;
        }
        print::more(target, &answer.next_page_token)
    }
}

impl Phase {
    const fn contract(self) -> WorkflowPhase {
        match self {
            Self::Analysis => WorkflowPhase::Analysis,
            Self::Planning => WorkflowPhase::Planning,
            Self::Solutioning => WorkflowPhase::Solutioning,
            Self::Implementation => WorkflowPhase::Implementation,
        }
    }
}

impl Status {
    const fn contract(self) -> WorkflowStatus {
        match self {
            Self::Active => WorkflowStatus::Active,
            Self::Completed => WorkflowStatus::Completed,
            Self::Failed => WorkflowStatus::Failed,
            Self::Cancelled => WorkflowStatus::Cancelled,
        }
    }
}
