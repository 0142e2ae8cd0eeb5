//! What pin and unpin share.

use clap::Args;
use god33_proto::v1::SetCheckpointPinRequest;

use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target, print};

/// A checkpoint, and why it is kept or released.
#[derive(Args, Debug)]
pub(super) struct PinArgs {
    /// The checkpoint.
    checkpoint: String,

    /// Its session.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: String,

    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl PinArgs {
    /// Keeps the checkpoint or releases it.
    pub(super) async fn set(self, target: &Target, pinned: bool) -> Result<(), Failure> {
        let request = SetCheckpointPinRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            session_id: self.session,
            checkpoint_id: self.checkpoint,
            pinned,
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.set_checkpoint_pin(request.clone()).await?.into_inner()))
                .await?;
        let checkpoint = answer.checkpoint.unwrap_or_default();
        let session = print::shell_word(&checkpoint.session_id);
        let done = Done {
            word: if checkpoint.pinned { "pinned" } else { "unpinned" },
            id: &checkpoint.checkpoint_id,
            next: format!("all of its session: god33 checkpoints list {session}"),
            ..Done::default()
        };
        let told = Answer::default().with("checkpoint", &print::message_json(&checkpoint));
        done.tell(target, &self.call, &told.recorded(&answer.event_ids, answer.position))
    }
}
