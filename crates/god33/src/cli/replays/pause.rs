//! `god33 replays pause`.

use clap::Args;
use god33_proto::v1::PauseReplayRequest;

use super::step::StepArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Halt a replay, on whichever node it runs.
#[derive(Args, Debug)]
pub struct Pause {
    #[command(flatten)]
    step: StepArgs,
}

impl Pause {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { replay, request } = self.step;
        let call = PauseReplayRequest { request_id: request.id(), replay_id: replay.to_string() };
        let answer =
            answered(async || Ok(target.event_store().await?.pause_replay(call.clone()).await?.into_inner())).await?;
        request.tell(target, &answer.replay.unwrap_or_default())
    }
}
