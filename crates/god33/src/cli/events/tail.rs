//! `god33 events tail`.

use std::ops::ControlFlow;

use clap::Args;
use god33_domain::Timestamp;
use god33_proto::v1::subscribe_request::Start;
use god33_proto::v1::subscribe_response::Message;
use god33_proto::v1::{RecordedEvent, SubscribeRequest, SubscribeResponse};
use tonic::Streaming;

use crate::cli::connection::Output;
use crate::cli::filter::{FilterArgs, time};
use crate::cli::follow::{Watch, follow};
use crate::cli::{Failure, Target, print};

/// Follow events as they happen. A lost connection is opened again, without a gap, until you stop it.
#[derive(Args, Debug)]
pub struct Tail {
    #[command(flatten)]
    filter: FilterArgs,

    /// Where to start: `now`, `beginning`, a position (the first event after it), or a time (RFC 3339).
    #[arg(long, default_value = "now", value_name = "WHERE")]
    from: String,

    /// Stop after this many events.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
}

impl Tail {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = SubscribeRequest {
            start: Some(start(&self.from)?),
            filter: Some(self.filter.filter()?),
            checkpoint_interval: None,
        };
        match self.limit {
            Some(0) => Ok(()),
            limit => follow(target, &mut Events { request, left: limit.unwrap_or(u64::MAX) }).await,
        }
    }
}

/// The events that are still to be printed; `request` says where to resume.
struct Events {
    request: SubscribeRequest,
    left: u64,
}

impl Watch for Events {
    type Message = SubscribeResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<SubscribeResponse>, Failure> {
        Ok(target.event_store().await?.subscribe(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: SubscribeResponse) -> Result<ControlFlow<()>, Failure> {
        if let Some(position) = position_of(&message) {
            self.request.start = Some(Start::AfterPosition(position));
        }
        if let Some(Message::Event(event)) = message.message {
            show(target, &event)?;
            self.left -= 1;
        }
        Ok(if self.left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

fn position_of(message: &SubscribeResponse) -> Option<u64> {
    Some(match message.message.as_ref()? {
        Message::Event(event) => event.position,
        Message::Checkpoint(checkpoint) => checkpoint.position,
        Message::CaughtUp(caught_up) => caught_up.position,
        Message::FellBehind(fell_behind) => fell_behind.position,
    })
}

fn show(target: &Target, event: &RecordedEvent) -> Result<(), Failure> {
    match target.output {
        Output::Json => print::json(&print::event_json(event)),
        Output::Text => print::event_lines(std::slice::from_ref(event)),
    }
}

fn start(from: &str) -> Result<Start, Failure> {
    match from {
        "now" => Ok(Start::FromNow(true)),
        "beginning" => Ok(Start::FromBeginning(true)),
        _ => match from.parse::<u64>() {
            Ok(position) => Ok(Start::AfterPosition(position)),
            Err(_) if Timestamp::parse_lenient(from).is_ok() => Ok(Start::Since(time("--from", from)?)),
            Err(_) => Err(Failure::Usage(format!(
                "--from {from} is neither `now`, `beginning`, a position nor a time such as 2026-01-11T14:30:00Z"
            ))),
        },
    }
}
