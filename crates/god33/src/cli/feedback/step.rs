//! What the commands share that change a question.

use clap::Args;
use god33_proto::v1::Question;
use uuid::Uuid;

use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::CallArgs;
use crate::cli::{Failure, Target, print};

/// Which question is to be changed.
#[derive(Args, Debug)]
pub(super) struct StepArgs {
    /// The question.
    pub(super) question: Uuid,

    #[command(flatten)]
    pub(super) call: CallArgs,
}

/// Tells what was done to a question, and what to do next.
pub(super) fn tell(
    target: &Target,
    call: &CallArgs,
    word: &str,
    question: &Question,
    (event_ids, position): (&[String], u64),
    next: String,
) -> Result<(), Failure> {
    let answer = Answer::default().with("question", &print::message_json(question)).recorded(event_ids, position);
    let done = Done { word, id: &question.question_id, more: question.question.clone(), next, ..Done::default() };
    done.tell(target, call, &answer)
}

/// Where the other questions are.
pub(super) fn the_inbox() -> String {
    "the open questions: god33 feedback list".into()
}
