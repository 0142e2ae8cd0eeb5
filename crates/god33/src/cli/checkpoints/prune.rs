//! `god33 checkpoints prune`.

use clap::Args;
use god33_proto::v1::{PruneCheckpointsRequest, PruneCheckpointsResponse};

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Answer;
use crate::cli::arguments::CallArgs;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Delete checkpoints that are not among the newest, not pinned and not needed by open work.
#[derive(Args, Debug)]
pub struct Prune {
    /// Of this session.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID", required_unless_present = "all_ended")]
    session: Option<String>,

    /// Of every session that has ended, instead of one.
    #[arg(long)]
    all_ended: bool,

    /// How many of the newest to keep in each session.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep_last: u32,

    /// Say what would be deleted, and delete nothing.
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    call: CallArgs,
}

impl Prune {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = PruneCheckpointsRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            session_id: self.session.clone().filter(|_| !self.all_ended).unwrap_or_default(),
            keep_last: self.keep_last,
            dry_run: self.dry_run,
        };
        let answer =
            answered(async || Ok(target.sessions().await?.prune_checkpoints(request.clone()).await?.into_inner()))
                .await?;
        self.tell(target, &answer)
    }

    fn tell(&self, target: &Target, answer: &PruneCheckpointsResponse) -> Result<(), Failure> {
        if target.output == Output::Json {
            let told = Answer::default()
                .list("deleted", &answer.deleted, print::message_json)
                .value("freed_bytes", answer.freed_bytes);
            return print::json(&told.recorded(&answer.event_ids, answer.position).text());
        }
        let mut text = String::new();
        for checkpoint in &answer.deleted {
            let line =
                if self.call.quiet() { print::one_line(&checkpoint.checkpoint_id) } else { show::line(checkpoint) };
            text += &(line + "\n");
        }
        print::text(&text)?;
        let (count, bytes) = (answer.deleted.len(), answer.freed_bytes);
        match (self.call.quiet(), self.dry_run) {
            (true, _) => Ok(()),
            (false, true) => {
                print::hint(&format!("{count} would be deleted, {bytes} bytes freed: leave --dry-run out"))
            }
            (false, false) => print::hint(&format!("{count} deleted, {bytes} bytes freed")),
        }
    }
}
