//! `god33 feedback list`.

use clap::Args;
use god33_proto::v1::{ListQuestionsRequest, QuestionState};

use super::filter::FilterArgs;
use super::show;
use crate::cli::arguments::PageArgs;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print, table};

/// List questions: the inbox, the most urgent first.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListQuestionsRequest {
            filter: Some(self.filter.filter()),
            page_size: self.page.limit,
            page_token: self.page.page,
            min_position: 0,
        };
        let answer = target.feedback().await?.list_questions(request).await?.into_inner();
        let none = "no questions: ask with `god33 feedback ask QUESTION`";
        table::list(target, &answer.questions, print::message_json, show::line, none, &answer.next_page_token)?;
        let open = answer.questions.iter().find(|question| question.state() == QuestionState::Open);
        match open.filter(|_| target.output == Output::Text) {
            Some(first) => {
                let id = print::shell_word(&first.question_id);
                print::hint(&format!("answer the first: god33 feedback answer {id} DECISION"))
            }
            None => Ok(()),
        }
    }
}
