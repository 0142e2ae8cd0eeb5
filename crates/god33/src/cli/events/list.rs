//! `god33 events list`.

use clap::Args;
use god33_proto::v1::{EventOrder, ListEventsRequest, RecordedEvent};

use crate::cli::connection::Output;
use crate::cli::filter::FilterArgs;
use crate::cli::{Failure, Target, print};

/// List events, the newest first. Where there are more, the last line tells how to go on: with `--output json` it is
/// {"next_page_token": …}.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    filter: FilterArgs,

    /// The oldest first.
    #[arg(long)]
    oldest_first: bool,

    /// At most this many, 1 to 1,000.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
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
        let mut client = target.event_store().await?;
        let mut request = self.request()?;
        let (mut shown, mut total) = (0, None);
        // A page ends early where its events are large, so the number asked for may take several.
        loop {
            let page = client.list_events(request.clone()).await?.into_inner();
            show(target, &page.events)?;
            shown += page.events.len();
            total = total.or(page.total);
            request.page_token = page.next_page_token;
            request.page_size = self.limit.saturating_sub(u32::try_from(shown).unwrap_or(u32::MAX));
            if request.page_token.is_empty() || request.page_size == 0 {
                break;
            }
        }
        print::more(target, &request.page_token)?;
        if target.output == Output::Json {
            return Ok(());
        }
        if shown == 0 {
            print::hint("no events: publish one with `god33 events publish TYPE --payload JSON`")?;
        }
        total.map_or(Ok(()), |total| print::hint(&format!("{total} in all")))
    }

    fn request(&self) -> Result<ListEventsRequest, Failure> {
        let order = if self.oldest_first { EventOrder::OldestFirst } else { EventOrder::NewestFirst };
        Ok(ListEventsRequest {
            filter: Some(self.filter.filter()?),
            order: order.into(),
            page_size: self.limit,
            page_token: self.page.clone(),
            include_total: self.total,
            ..ListEventsRequest::default()
        })
    }
}

fn show(target: &Target, events: &[RecordedEvent]) -> Result<(), Failure> {
    match target.output {
        Output::Json => events.iter().try_for_each(|event| print::json(&print::event_json(event))),
        Output::Text => print::event_lines(events),
    }
}
