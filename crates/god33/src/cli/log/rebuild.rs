//! `god33 log rebuild`.

use clap::Args;
use god33_proto::v1::RebuildStatesRequest;
use tonic::Status;
use uuid::Uuid;

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Build the states anew from the log, and replace those that differ.
#[derive(Args, Debug)]
pub struct Rebuild {
    /// Of this kind, such as workflow, handoff or session; may be repeated. Without it all.
    #[arg(long = "kind", value_name = "WORD")]
    kinds: Vec<String>,

    /// Say what differs, and replace nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Rebuild {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let Self { kinds, dry_run } = self;
        let request = RebuildStatesRequest { request_id: Uuid::new_v4().to_string(), kinds, dry_run };
        let mut stream = target.admin().await?.rebuild_states(request).await?.into_inner();
        while let Some(told) = stream.message().await? {
            if !told.done {
                continue;
            }
            return match target.output {
                Output::Json => print::json(&print::message_json(&told)),
                Output::Text => {
                    let word = if dry_run { "would be replaced" } else { "replaced" };
                    print::text(&format!("{} states {word}, up to {}\n", told.differing, told.until_position))
                }
            };
        }
        Err(Status::unavailable("the rebuild was broken off: begin again").into())
    }
}
