//! `god33 sessions heartbeat`.

use std::collections::HashSet;
use std::time::Duration;

use clap::Args;
use god33_proto::v1::{HeartbeatResponse, SessionStatus};

use super::beat::BeatArgs;
use super::show;
use crate::cli::again;
use crate::cli::arguments::interval;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print, table};

/// Say that a session lives, once or from time to time, and print what is wanted of it.
#[derive(Args, Debug)]
pub struct Heartbeat {
    #[command(flatten)]
    beat: BeatArgs,

    /// An instruction that was received; may be repeated.
    #[arg(long = "acknowledge", value_name = "ID")]
    acknowledged: Vec<String>,

    /// Do it again after each such span of time, until you stop it or the session ends. What was printed is acknowledged with the next
    /// sign of life.
    #[arg(long, value_name = "TIME", value_parser = interval)]
    every: Option<Duration>,
}

impl Heartbeat {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let mut request = self.beat.first();
        request.acknowledged_instruction_ids.clone_from(&self.acknowledged);
        let mut printed = HashSet::new();
        again::every(self.every, async || {
            let mut answer = target.sessions().await?.heartbeat(request.clone()).await?.into_inner();
            request = self.beat.later();
            request.acknowledged_instruction_ids =
                answer.instructions.iter().map(|wanted| wanted.instruction_id.clone()).collect();
            answer.instructions.retain(|wanted| printed.insert(wanted.instruction_id.clone()));
            self.show(target, &request.session_id, &answer)?;
            Ok(matches!(answer.status(), SessionStatus::Completed | SessionStatus::Failed))
        })
        .await
    }

    fn show(&self, target: &Target, session_id: &str, answer: &HeartbeatResponse) -> Result<(), Failure> {
        if target.output == Output::Json {
            return print::json(&print::message_json(answer));
        }
        let due = table::dim(&format!("the next sign of life is due within {} s", answer.remaining_ms / 1_000));
        print::text(&format!("{}  {}  {due}\n", print::one_line(session_id), table::state(answer.status(), 9)))?;
        for wanted in &answer.instructions {
            print::text(&(show::instruction(wanted) + "\n"))?;
            print::hint(&show::what_to_do(session_id, wanted))?;
        }
        let ids: Vec<String> = answer
            .instructions
            .iter()
            .map(|wanted| format!("--acknowledge {}", print::shell_word(&wanted.instruction_id)))
            .collect();
        if self.every.is_some() || ids.is_empty() {
            return Ok(());
        }
        let session = print::shell_word(session_id);
        print::hint(&format!("say that it was received: god33 sessions heartbeat {session} {}", ids.join(" ")))
    }
}
