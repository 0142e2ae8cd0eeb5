//! A piece of work that is handed over.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{HandoffTargetKind, Priority, TaskContext};
use prost_types::Timestamp;
use uuid::Uuid;

use crate::cli::Failure;
use crate::cli::arguments::{TaskContextArgs, deadline, duration, words};

/// What is handed over, to whom, and on which terms.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct WorkArgs {
    /// Agent that shall take it: a type, an instance or a capability.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) to: String,

    /// What --to names; without it an instance with that name if there is one, else a type.
    #[arg(long, value_parser = words::<HandoffTargetKind>())]
    pub(in crate::cli) to_kind: Option<HandoffTargetKind>,

    /// Agent that hands over.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    pub(in crate::cli) from: Option<String>,

    /// Kind of task, for instance implement_feature.
    #[arg(long, value_name = "WORD")]
    pub(in crate::cli) task_type: Option<String>,

    /// What is to be done.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) description: Option<String>,

    #[command(flatten)]
    context: TaskContextArgs,

    /// When the work must be done: a time (RFC 3339), or a span of time from now such as 2h.
    #[arg(long, value_name = "TIME", value_parser = deadline)]
    pub(in crate::cli) deadline: Option<Timestamp>,

    /// How urgent it is; without it medium.
    #[arg(long, value_parser = words::<Priority>())]
    pub(in crate::cli) priority: Option<Priority>,

    /// Id of the handoff; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    pub(in crate::cli) handoff_id: Option<Uuid>,

    /// Id of the task; without it the one of the handoff.
    #[arg(long, value_name = "UUID")]
    pub(in crate::cli) task_id: Option<Uuid>,

    /// Work with the same key takes turns with work of other keys; without it the workflow is the key.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) fairness_key: Option<String>,

    /// How long the one that accepts may be silent; without it as the server has it.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(in crate::cli) lease: Option<Duration>,

    /// How long the work may go without progress; without it for ever.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(in crate::cli) stall: Option<Duration>,

    /// How often the work is offered before it fails for good; without it 3 times.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) max_attempts: Option<i32>,
}

impl WorkArgs {
    /// What the agent is given with the work.
    pub(in crate::cli) fn context(&self) -> Result<Option<TaskContext>, Failure> {
        self.context.context()
    }
}
