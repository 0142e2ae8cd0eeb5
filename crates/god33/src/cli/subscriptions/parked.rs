//! `god33 subscriptions parked`.

use clap::Args;
use god33_proto::v1::{ListParkedEventsRequest, ParkedEvent};

use super::ask::NameArg;
use crate::cli::answer::Answer;
use crate::cli::arguments::PageArgs;
use crate::cli::print::{event_json, event_line, one_line, or_dash, time};
use crate::cli::table::dim;
use crate::cli::{Failure, Target, table};

/// List the events that were put aside, the oldest first.
#[derive(Args, Debug)]
pub struct Parked {
    #[command(flatten)]
    name: NameArg,

    #[command(flatten)]
    page: PageArgs,
}

impl Parked {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListParkedEventsRequest {
            subscription: self.name.name,
            page_size: self.page.limit,
            page_token: self.page.page,
        };
        let answer = target.subscriptions().await?.list_parked_events(request).await?.into_inner();
        table::list(target, &answer.parked_events, json, line, "no event is parked", &answer.next_page_token)
    }
}

fn json(parked: &ParkedEvent) -> String {
    let event = parked.event.as_ref().map_or_else(|| "null".into(), event_json);
    Answer::default()
        .value("parked_id", parked.parked_id.as_str())
        .value("attempts", parked.attempts)
        .value("reason", parked.reason.as_str())
        .value("first_failed_at", time(parked.first_failed_at.as_ref()))
        .value("last_failed_at", time(parked.last_failed_at.as_ref()))
        .with("event", &event)
        .text()
}

fn line(parked: &ParkedEvent) -> String {
    let event = parked.event.as_ref().map_or_else(|| "the event is no longer kept".into(), event_line);
    let tried = format!("tried {} times, last {}", parked.attempts, time(parked.last_failed_at.as_ref()));
    format!("{}  {event}  {}  {}", one_line(&parked.parked_id), or_dash(&parked.reason), dim(&tried))
}
