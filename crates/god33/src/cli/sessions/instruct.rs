//! `god33 sessions instruct`.

use clap::Args;
use god33_proto::v1::{InstructionKind, SendInstructionRequest};
use uuid::Uuid;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Answer;
use crate::cli::arguments::{SessionArg, words};
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Send an instruction to a session.
#[derive(Args, Debug)]
pub struct Instruct {
    #[command(flatten)]
    session: SessionArg,

    /// What is wanted.
    #[arg(long, value_parser = words::<InstructionKind>())]
    kind: InstructionKind,

    /// Why, or the message.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Id of the call; without it a new one is made. A call that is repeated with its id is done once.
    #[arg(long, value_name = "UUID")]
    request_id: Option<Uuid>,

    /// Print the id of the instruction, and nothing else.
    #[arg(long, short)]
    quiet: bool,
}

impl Instruct {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let session_id = self.session.id();
        let request = SendInstructionRequest {
            request_id: self.request_id.unwrap_or_else(Uuid::new_v4).to_string(),
            session_id: session_id.clone(),
            kind: self.kind.into(),
            reason: self.reason.unwrap_or_default(),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.send_instruction(request.clone()).await?.into_inner()))
                .await?;
        let sent = answer.instruction.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&Answer::default().with("instruction", &print::message_json(&sent)).text());
        }
        if self.quiet {
            return print::text(&format!("{}\n", print::one_line(&sent.instruction_id)));
        }
        print::text(&(show::instruction(&sent) + "\n"))?;
        print::hint(&format!("what comes of it: god33 sessions watch {}", print::shell_word(&session_id)))
    }
}
