//! `god33 director delegate`.

use clap::Args;
use god33_proto::v1::{DelegateServiceRequest, ServiceDelegationRequested};
use prost_types::Timestamp;
use uuid::Uuid;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, TaskContextArgs, deadline};
use crate::cli::{Failure, Target};

/// Give the work on one service to an agent.
#[derive(Args, Debug)]
pub struct Delegate {
    /// The service.
    #[arg(long, value_name = "NAME")]
    service: String,

    /// Agent that shall do the work: a type or an instance.
    #[arg(long, value_name = "NAME")]
    to: String,

    /// Agent that delegates.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// The task over several services that it is part of.
    #[arg(long, env = "GOD33_TASK", value_name = "ID")]
    task: Option<String>,

    /// Event that defined the pattern to follow.
    #[arg(long, value_name = "ID")]
    pattern: Option<String>,

    /// What is to be done.
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    #[command(flatten)]
    context: TaskContextArgs,

    /// When it must be done: a time (RFC 3339), or a span of time from now such as 2h.
    #[arg(long, value_name = "TIME", value_parser = deadline)]
    deadline: Option<Timestamp>,

    /// Id of the delegation; without it the id of its event.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    call: CallArgs,
}

impl Delegate {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let delegation = ServiceDelegationRequested {
            from_agent: self.from.unwrap_or_default(),
            to_agent: self.to,
            service: self.service,
            pattern_reference: self.pattern.unwrap_or_default(),
            delegation_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            task_id: self.task.unwrap_or_default(),
            task_description: self.description.unwrap_or_default(),
            context: self.context.context()?,
            deadline: self.deadline,
        };
        let request = DelegateServiceRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            delegation: Some(delegation),
        };
        let answer =
            answered(async || Ok(target.director().await?.delegate_service(request.clone()).await?.into_inner()))
                .await?;
        let delegation = answer.delegation.unwrap_or_default();
        let done = Done {
            word: "delegated",
            id: &delegation.delegation_id,
            more: format!("{} to {}", delegation.service, delegation.to_agent),
            next: format!("when it is done: {}", show::delivery(&delegation.delegation_id)),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::delegation_answer(&delegation, &answer.event_ids, answer.position))
    }
}
