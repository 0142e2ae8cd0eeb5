//! `god33 feedback wait`.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{Question, QuestionState, WaitForAnswerRequest};
use uuid::Uuid;

use super::show;
use crate::cli::again;
use crate::cli::arguments::{duration, lasting, word};
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Wait for the answer to a question. The exit code is 4 when none came. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Wait {
    /// The question.
    question: Uuid,

    /// How long to wait; without it until the question is answered or closed.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    timeout: Option<Duration>,

    /// Session that receives the answer.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,

    /// Print the decision, and nothing else.
    #[arg(long, short)]
    quiet: bool,
}

impl Wait {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let found = again::until(self.timeout, async |wait| {
            let answer = target.feedback().await?.wait_for_answer(self.request(wait)).await?.into_inner();
            Ok(answer.question.filter(|question| question.state() != QuestionState::Open))
        });
        let Some(question) = found.await? else {
            return Err(Failure::NothingCame("no answer came within the time: wait again, or raise --timeout".into()));
        };
        match question.state() {
            QuestionState::Answered => self.tell(target, &question),
            closed => Err(Failure::NothingCame(format!("the question is {}: no answer will come", word(closed)))),
        }
    }

    fn request(&self, wait: Duration) -> WaitForAnswerRequest {
        WaitForAnswerRequest {
            question_id: self.question.to_string(),
            wait: Some(lasting(wait)),
            session_id: self.session.clone().unwrap_or_default(),
        }
    }

    fn tell(&self, target: &Target, question: &Question) -> Result<(), Failure> {
        if target.output == Output::Json {
            return print::json(&print::message_json(question));
        }
        if self.quiet {
            return print::text(&format!("{}\n", print::one_line(&question.decision)));
        }
        print::text(&show::whole(question))?;
        let cause = print::shell_word(&question.answer_event_id);
        print::hint(&format!("take it up: god33 sessions update-context --decision TEXT --parent {cause}"))
    }
}
