//! `god33 collaborations complete`.

use clap::Args;
use god33_proto::v1::CompleteCollaborationRequest;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg};
use crate::cli::{Failure, Target};

/// End a collaboration with success.
#[derive(Args, Debug)]
pub struct Complete {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// Agent that completes it: the leader, where there is one.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// Outcome; any word. Without it "success".
    #[arg(long, value_name = "WORD")]
    outcome: Option<String>,

    /// What came out of it, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// Although results are missing.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    call: CallArgs,
}

impl Complete {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = CompleteCollaborationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            collaboration_id: self.collaboration.id(),
            from_agent: self.from.unwrap_or_default(),
            outcome: self.outcome.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            force: self.force,
        };
        let answer = answered(async || {
            Ok(target.collaborations().await?.complete_collaboration(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let done = Done {
            word: "completed",
            id: &collaboration.collaboration_id,
            more: collaboration.outcome.clone(),
            next: show::next(&collaboration),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }
}
