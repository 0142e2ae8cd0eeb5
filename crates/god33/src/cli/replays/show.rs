//! `god33 replays show`.

use clap::Args;
use god33_proto::v1::GetReplayRequest;
use uuid::Uuid;

use super::text;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one replay: how far it is, or why it failed.
#[derive(Args, Debug)]
pub struct Show {
    /// The replay.
    replay: Uuid,
}

impl Show {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetReplayRequest { replay_id: self.replay.to_string() };
        let answer = target.event_store().await?.get_replay(request).await?.into_inner();
        let replay = answer.replay.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&replay));
        }
        print::text(&text::whole(&replay))?;
        print::hint(&text::next(&replay))
    }
}
