//! `god33 events list`.

use clap::Args;
use god33_proto::v1::{EventOrder, ListEventsRequest};

use crate::cli::connection::Output;
use crate::cli::filter::FilterArgs;
use crate::cli::{Failure, Target, print};

/// List events, the newest first.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filter: FilterArgs,

    /// The oldest first.
    #[arg(long)]
    oldest_first: bool,

    /// At most this many, 1 to 1,000.
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: u32,

    /// Go on where an earlier list ended: the token that it printed.
    #[arg(long, value_name = "TOKEN", default_value = "")]
    page: String,

    /// Say also how many events the filter means.
    #[arg(long)]
    total: bool,
}

impl List {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let order = if self.oldest_first { EventOrder::OldestFirst } else { EventOrder::NewestFirst };
        let request = ListEventsRequest {
            filter: Some(self.filter.filter()?),
            order: order.into(),
            page_size: self.limit,
            page_token: self.page,
            include_total: self.total,
            ..ListEventsRequest::default()
        };
        let answer = target.event_store().await?.list_events(request).await?.into_inner();
        if target.output == Output::Json {
            return answer.events.iter().try_for_each(|event| print::json(&print::event_json(event)));
        }
        print::event_lines(&answer.events)?;
        if answer.events.is_empty() {
            print::hint("no events: publish one with `god33 events publish TYPE --payload JSON`")?;
        }
        if let Some(total) = answer.total {
            print::hint(&format!("{total} in all"))?;
        }
        if !answer.next_page_token.is_empty() {
            print::hint(&format!("more: add --page {}", answer.next_page_token))?;
        }
        Ok(())
    }
}
