//! `god33 events tail`.

use std::time::Duration;

use clap::Args;
use god33_domain::Timestamp;
use god33_proto::v1::subscribe_request::Start;
use god33_proto::v1::subscribe_response::Message;
use god33_proto::v1::{RecordedEvent, SubscribeRequest, SubscribeResponse};

use crate::cli::connection::Output;
use crate::cli::filter::{FilterArgs, time};
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

/// How a stream ended.
enum End {
    /// As many events as were asked for have been printed.
    Enough,
    /// The server or the connection went away.
    Broken(Box<tonic::Status>),
}

impl Tail {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let mut request = SubscribeRequest {
            start: Some(start(&self.from)?),
            filter: Some(self.filter.filter()?),
            checkpoint_interval: None,
        };
        let mut left = self.limit.unwrap_or(u64::MAX);
        let mut answered = false;
        while left > 0 {
            let ended = follow(target, &mut request, &mut left, &mut answered).await;
            match ended {
                Ok(End::Enough) => return Ok(()),
                Ok(End::Broken(status)) if !is_passing(&status) => return Err(Failure::Refused(status)),
                Ok(End::Broken(_)) => {}
                // The first connection must succeed; later ones are tried until they do.
                Err(failure) if !answered => return Err(failure),
                Err(Failure::Refused(status)) if !is_passing(&status) => return Err(Failure::Refused(status)),
                Err(_) => {}
            }
            print::hint("the connection was lost: opening it again")?;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        Ok(())
    }
}

/// Opens one stream and prints what comes, keeping in `request` where to resume.
async fn follow(
    target: &Target,
    request: &mut SubscribeRequest,
    left: &mut u64,
    answered: &mut bool,
) -> Result<End, Failure> {
    let mut stream = target.event_store().await?.subscribe(request.clone()).await?.into_inner();
    *answered = true;
    loop {
        let message = match stream.message().await {
            Ok(Some(message)) => message,
            Ok(None) => return Ok(End::Broken(Box::new(tonic::Status::unavailable("the stream ended")))),
            Err(status) => return Ok(End::Broken(Box::new(status))),
        };
        if let Some(position) = position_of(&message) {
            request.start = Some(Start::AfterPosition(position));
        }
        if let Some(Message::Event(event)) = message.message {
            show(target, &event)?;
            *left -= 1;
            if *left == 0 {
                return Ok(End::Enough);
            }
        }
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

/// True for what may be over in a moment.
fn is_passing(status: &tonic::Status) -> bool {
    use tonic::Code;
    matches!(status.code(), Code::Unavailable | Code::Cancelled | Code::Unknown | Code::Internal | Code::Aborted)
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
