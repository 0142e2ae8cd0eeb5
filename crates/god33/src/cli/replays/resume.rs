//! `god33 replays resume`.

use clap::Args;
use god33_proto::v1::ResumeReplayRequest;

use super::step::StepArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Let a paused replay go on from where it was.
#[derive(Args, Debug)]
pub struct Resume {
    #[command(flatten)]
    step: StepArgs,
}

impl Resume {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { replay, request } = self.step;
        let call = ResumeReplayRequest { request_id: request.id(), replay_id: replay.to_string() };
        let answer =
            answered(async || Ok(target.event_store().await?.resume_replay(call.clone()).await?.into_inner())).await?;
        request.tell(target, &answer.replay.unwrap_or_default())
    }
}
