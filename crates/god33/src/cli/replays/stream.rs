//! `god33 replays stream`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{RecordedEvent, Replay, ReplayState, StreamReplayRequest, StreamReplayResponse};
use tonic::Streaming;
use uuid::Uuid;

use super::text;
use crate::cli::connection::Output;
use crate::cli::follow::{Watch, follow};
use crate::cli::{Failure, Target, print};

/// Receive the events of a replay that goes to a stream, until it has ended. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Stream {
    /// The replay.
    replay: Uuid,
}

impl Stream {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = StreamReplayRequest { replay_id: self.replay.to_string() };
        let mut events = Events { request, printed: 0, ended: None };
        follow(target, &mut events).await?;
        match events.ended {
            Some(replay) if replay.state() != ReplayState::Completed => print::hint(&text::next(&replay)),
            _ => Ok(()),
        }
    }
}

/// The events that are still to be printed.
struct Events {
    request: StreamReplayRequest,
    /// The last position that was printed: a stream that is opened again may repeat some.
    printed: u64,
    ended: Option<Replay>,
}

impl Watch for Events {
    type Message = StreamReplayResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<StreamReplayResponse>, Failure> {
        Ok(target.event_store().await?.stream_replay(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: StreamReplayResponse) -> Result<ControlFlow<()>, Failure> {
        match message.event {
            Some(event) if event.position > self.printed => {
                self.printed = event.position;
                print_event(target, &event)?;
                Ok(ControlFlow::Continue(()))
            }
            Some(_) => Ok(ControlFlow::Continue(())),
            None => {
                self.ended = message.replay;
                Ok(ControlFlow::Break(()))
            }
        }
    }
}

fn print_event(target: &Target, event: &RecordedEvent) -> Result<(), Failure> {
    match target.output {
        Output::Json => print::json(&print::event_json(event)),
        Output::Text => print::event_lines(std::slice::from_ref(event)),
    }
}
