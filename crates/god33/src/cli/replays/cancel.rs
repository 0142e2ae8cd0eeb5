//! `god33 replays cancel`.

use clap::Args;
use god33_proto::v1::CancelReplayRequest;

use super::step::StepArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// End a replay. What it has delivered stays delivered.
#[derive(Args, Debug)]
pub struct Cancel {
    #[command(flatten)]
    step: StepArgs,
}

impl Cancel {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { replay, request } = self.step;
        let call = CancelReplayRequest { request_id: request.id(), replay_id: replay.to_string() };
        let answer =
            answered(async || Ok(target.event_store().await?.cancel_replay(call.clone()).await?.into_inner())).await?;
        request.tell(target, &answer.replay.unwrap_or_default())
    }
}
