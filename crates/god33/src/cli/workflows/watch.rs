//! `god33 workflows watch`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{WatchWorkflowRequest, WatchWorkflowResponse, WorkflowStatus};
use tonic::Streaming;

use super::show;
use crate::cli::answer::Answer;
use crate::cli::arguments::WorkflowArg;
use crate::cli::connection::Output;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, print};

/// Follow a workflow until it has ended: first as it is, then each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    workflow: WorkflowArg,
}

impl Watch {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchWorkflowRequest { workflow_id: self.workflow.id(), min_position: 0 };
        follow(target, &mut Changes { request, version: None }).await
    }
}

/// What is watched, and the version that was printed last.
struct Changes {
    request: WatchWorkflowRequest,
    version: Option<u64>,
}

impl follow::Watch for Changes {
    type Message = WatchWorkflowResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchWorkflowResponse>, Failure> {
        Ok(target.workflows().await?.watch_workflow(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchWorkflowResponse) -> Result<ControlFlow<()>, Failure> {
        self.request.min_position = message.position;
        let workflow = message.workflow.clone().unwrap_or_default();
        // A stream that is opened again begins with what may have been printed already.
        if self.version.is_none_or(|printed| workflow.version > printed) {
            print_change(target, &message)?;
        }
        self.version = self.version.max(Some(workflow.version));
        let has_ended = !matches!(workflow.status(), WorkflowStatus::Unspecified | WorkflowStatus::Active);
        Ok(if has_ended { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

fn print_change(target: &Target, message: &WatchWorkflowResponse) -> Result<(), Failure> {
    let workflow = message.workflow.clone().unwrap_or_default();
    if target.output == Output::Json {
        let mut answer = Answer::default().with("workflow", &print::message_json(&workflow));
        if let Some(change) = &message.change {
            answer = answer.with("change", &print::message_json(change));
        }
        return print::json(&answer.value("position", message.position).text());
    }
    let line = message.change.as_ref().map_or_else(|| show::line(&workflow), show::entry);
    print::text(&(line + "\n"))
}
