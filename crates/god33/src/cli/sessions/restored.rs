//! `god33 sessions restored`.

use clap::Args;
use god33_proto::v1::CompleteRecoveryRequest;
use god33_service::text::open_object_of;

use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::arguments::json;
use crate::cli::{Failure, Target};

/// Say that the checkpoint of a recovery was restored and the work goes on.
#[derive(Args, Debug)]
pub struct Restored {
    #[command(flatten)]
    step: StepArgs,

    /// Checkpoint that was restored; without it the one of recover.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    /// What changed since the checkpoint, as a JSON object; without it the server lists the events. `-` reads it from standard input,
    /// `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    delta: Option<String>,
}

impl Restored {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let request = CompleteRecoveryRequest {
            request_id: call.request_id(),
            context: call.context(),
            session_id: session.id(),
            checkpoint_id: self.checkpoint.unwrap_or_default(),
            context_delta: self.delta.as_deref().map(|text| json("--delta", text, open_object_of)).transpose()?,
        };
        let answer =
            answered(async || Ok(target.sessions().await?.complete_recovery(request.clone()).await?.into_inner()))
                .await?;
        let session = answer.session.unwrap_or_default();
        let told = step::answer(&session, &answer.event_ids, answer.position);
        step::tell(target, &call, "restored", &session, &told, step::how_it_stands(&session))
    }
}
