//! `god33 director patterns`.

use clap::Args;
use god33_proto::v1::ListMisePatternsRequest;

use super::show;
use crate::cli::arguments::PageArgs;
use crate::cli::{Failure, Target, print, table};

/// List patterns, the newest first.
#[derive(Args, Debug)]
pub struct Patterns {
    #[command(flatten)]
    page: PageArgs,
}

impl Patterns {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request =
            ListMisePatternsRequest { page_size: self.page.limit, page_token: self.page.page, min_position: 0 };
        let answer = target.director().await?.list_mise_patterns(request).await?.into_inner();
        let none = "no patterns: define one with `god33 director define-pattern --tasks JSON`";
        table::list(target, &answer.patterns, print::message_json, show::pattern_line, none, &answer.next_page_token)
    }
}
