//! `god33 checkpoints get`.

use clap::Args;
use god33_proto::v1::{Checkpoint, GetCheckpointRequest};

use super::show;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one checkpoint.
#[derive(Args, Debug)]
pub struct Get {
    /// The checkpoint.
    checkpoint: String,

    /// Its session; not needed when no other session has a checkpoint of this name.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetCheckpointRequest {
            session_id: self.session.unwrap_or_default(),
            checkpoint_id: self.checkpoint,
            min_position: 0,
        };
        let answer = target.sessions().await?.get_checkpoint(request).await?.into_inner();
        let checkpoint = answer.checkpoint.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&checkpoint));
        }
        print::text(&show::whole(&checkpoint))?;
        print::hint(&next(&checkpoint))
    }
}

fn next(checkpoint: &Checkpoint) -> String {
    let (id, session) = (print::shell_word(&checkpoint.checkpoint_id), print::shell_word(&checkpoint.session_id));
    match checkpoint.snapshot {
        Some(_) => format!("its snapshot: god33 checkpoints download {id} --session {session} --to FILE"),
        None => format!("all of its session: god33 checkpoints list {session}"),
    }
}
