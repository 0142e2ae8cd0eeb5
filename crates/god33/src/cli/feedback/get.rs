//! `god33 feedback get`.

use clap::Args;
use god33_proto::v1::{GetQuestionRequest, Question, QuestionState};
use uuid::Uuid;

use super::{show, step};
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one question.
#[derive(Args, Debug)]
pub struct Get {
    /// The question.
    question: Uuid,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetQuestionRequest { question_id: self.question.to_string(), min_position: 0 };
        let question = target.feedback().await?.get_question(request).await?.into_inner().question.unwrap_or_default();
        if target.output == Output::Json {
            return print::json(&print::message_json(&question));
        }
        print::text(&show::whole(&question))?;
        print::hint(&next(&question))
    }
}

fn next(question: &Question) -> String {
    let id = print::shell_word(&question.question_id);
    match question.state() {
        QuestionState::Open => format!("answer it: god33 feedback answer {id} DECISION"),
        _ => step::the_inbox(),
    }
}
