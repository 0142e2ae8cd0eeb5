//! `god33 subscriptions list`.

use clap::Args;
use god33_proto::v1::ListSubscriptionsRequest;

use super::show;
use crate::cli::arguments::PageArgs;
use crate::cli::{Failure, Target, print, table};

/// List durable subscriptions, by name.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListSubscriptionsRequest { page_size: self.page.limit, page_token: self.page.page };
        let answer = target.subscriptions().await?.list_subscriptions(request).await?.into_inner();
        let none = "no durable subscriptions: create one with `god33 subscriptions create NAME`";
        table::list(target, &answer.subscriptions, print::message_json, show::line, none, &answer.next_page_token)
    }
}
