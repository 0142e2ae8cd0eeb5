//! `god33 quarantine list`.

use clap::Args;
use god33_proto::v1::QuarantinedMessage;

use super::select::FilterArgs;
use crate::cli::arguments::PageArgs;
use crate::cli::{Failure, Target, print, table};

/// List messages, the newest first.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    page: PageArgs,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = self.filter.request(self.page.limit, self.page.page);
        let answer = target.admin().await?.list_quarantined_messages(request).await?.into_inner();
        let none = "no messages: everything that came from the bus became an event";
        table::list(target, &answer.messages, print::message_json, line, none, &answer.next_page_token)
    }
}

fn line(message: &QuarantinedMessage) -> String {
    let routing_key = message.bus.as_ref().map(|bus| bus.routing_key.as_str()).unwrap_or_default();
    format!(
        "{:>6}  {}  {}  {}  {}",
        print::one_line(&message.quarantine_id),
        print::time(message.received_at.as_ref()),
        message.reason().reason(),
        table::name(routing_key),
        table::dim(&message.message),
    )
}
