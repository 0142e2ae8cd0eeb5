//! `god33 events get`.

use clap::Args;
use god33_proto::v1::GetEventRequest;

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Show one event.
#[derive(Args, Debug)]
pub struct Get {
    /// Id of the event.
    event_id: String,

    /// Write the body of the bus message that it came in, byte for byte, instead.
    #[arg(long)]
    original: bool,
}

impl Get {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetEventRequest { event_id: self.event_id, include_original: self.original, min_position: 0 };
        let answer = target.event_store().await?.get_event(request).await?.into_inner();
        if self.original {
            return write_original(&answer.original);
        }
        let event = answer.event.unwrap_or_default();
        match target.output {
            Output::Json => print::json(&print::event_json(&event)),
            Output::Text => print::event_whole(&event),
        }
    }
}

fn write_original(body: &[u8]) -> Result<(), Failure> {
    if body.is_empty() {
        return Err(Failure::Usage(
            "the event did not come from the bus, so there is no message to show: leave --original out".into(),
        ));
    }
    print::bytes(body)
}
