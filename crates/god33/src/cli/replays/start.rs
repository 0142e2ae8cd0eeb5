//! `god33 replays start`.

use clap::Args;
use god33_proto::v1::StartReplayRequest;

use super::spec::SpecArgs;
use super::step::RequestArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target};

/// Start a replay: to an exchange, or to whoever streams it. Plan it first to see what it would deliver.
#[derive(Args, Debug)]
pub struct Start {
    #[command(flatten)]
    spec: SpecArgs,

    #[command(flatten)]
    request: RequestArgs,
}

impl Start {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let call = StartReplayRequest { request_id: self.request.id(), spec: Some(self.spec.spec()?) };
        let answer =
            answered(async || Ok(target.event_store().await?.start_replay(call.clone()).await?.into_inner())).await?;
        self.request.tell(target, &answer.replay.unwrap_or_default())
    }
}
