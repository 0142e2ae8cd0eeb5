//! What the commands share that start or change a replay.

use clap::Args;
use god33_proto::v1::Replay;
use uuid::Uuid;

use super::text;
use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// How the call is made.
#[derive(Args, Clone, Debug)]
pub(super) struct RequestArgs {
    /// Print the id of the replay, and nothing else.
    #[arg(long, short)]
    quiet: bool,

    /// Id of the call; without it a new one is made. A call that is repeated with its id is done once.
    #[arg(long, value_name = "UUID")]
    request_id: Option<Uuid>,
}

impl RequestArgs {
    /// The id of this call.
    pub(super) fn id(&self) -> String {
        self.request_id.unwrap_or_else(Uuid::new_v4).to_string()
    }

    /// Tells how the replay stands now, and what to do next.
    pub(super) fn tell(&self, target: &Target, replay: &Replay) -> Result<(), Failure> {
        if target.output == Output::Json {
            return print::json(&Answer::default().with("replay", &print::message_json(replay)).text());
        }
        if self.quiet {
            return print::text(&format!("{}\n", print::one_line(&replay.replay_id)));
        }
        print::text(&text::whole(replay))?;
        print::hint(&text::next(replay))
    }
}

/// Which replay is to be changed.
#[derive(Args, Clone, Debug)]
pub(super) struct StepArgs {
    /// The replay.
    pub(super) replay: Uuid,

    #[command(flatten)]
    pub(super) request: RequestArgs,
}
