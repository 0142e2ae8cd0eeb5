//! `god33 workflows handoff`.

use clap::Args;
use god33_proto::v1::{RequestHandoffRequest, WorkflowHandoffRequested};

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::handoffs::WorkArgs;
use crate::cli::{Failure, Target, print};

/// Hand a task of a workflow to another agent.
#[derive(Args, Debug)]
pub struct Handoff {
    #[command(flatten)]
    step: StepArgs,

    #[command(flatten)]
    work: WorkArgs,
}

impl Handoff {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { workflow, expected_version, call } = self.step;
        let request = RequestHandoffRequest {
            request_id: call.request_id(),
            context: call.context(),
            expected_version,
            handoff: Some(requested(workflow.id(), self.work)?),
        };
        let answer =
            answered(async || Ok(target.workflows().await?.request_handoff(request.clone()).await?.into_inner()))
                .await?;
        let (workflow, handoff) = (answer.workflow.unwrap_or_default(), answer.handoff.unwrap_or_default());
        let id = print::shell_word(&handoff.handoff_id);
        let done = Done {
            word: "offered",
            id: &handoff.handoff_id,
            more: format!("to {}", handoff.to_agent),
            next: format!("who takes it: god33 handoffs watch {id}"),
            ..Done::default()
        };
        let told = step::answer(&workflow, &answer.event_ids, answer.position);
        done.tell(target, &call, &told.with("handoff", &print::message_json(&handoff)))
    }
}

fn requested(workflow_id: String, work: WorkArgs) -> Result<WorkflowHandoffRequested, Failure> {
    Ok(WorkflowHandoffRequested {
        workflow_id,
        context: work.context()?,
        from_agent: work.from.unwrap_or_default(),
        to_agent: work.to,
        task_type: work.task_type.unwrap_or_default(),
        task_description: work.description.unwrap_or_default(),
        deadline: work.deadline,
        priority: work.priority.unwrap_or_default().into(),
        handoff_id: work.handoff_id.map(|id| id.to_string()).unwrap_or_default(),
        task_id: work.task_id.map(|id| id.to_string()).unwrap_or_default(),
        to_kind: work.to_kind.unwrap_or_default().into(),
        fairness_key: work.fairness_key.unwrap_or_default(),
        lease_seconds: work.lease.map(|span| span.as_secs_f64()),
        stall_seconds: work.stall.map(|span| span.as_secs_f64()),
        max_attempts: work.max_attempts,
    })
}
