//! `god33 collaborations fail`.

use clap::Args;
use god33_proto::v1::FailCollaborationRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg};
use crate::cli::{Failure, Target};

/// End a collaboration without success.
#[derive(Args, Debug)]
pub struct Fail {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Agent that gives up: the leader, where there is one.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Fail {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = FailCollaborationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            collaboration_id: self.collaboration.id(),
            from_agent: self.from.unwrap_or_default(),
            failure_reason: self.reason,
        };
        let answer = answered(async || {
            Ok(target.collaborations().await?.fail_collaboration(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let done = Done {
            word: "failed",
            id: &collaboration.collaboration_id,
            next: show::next(&collaboration),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }
}
