//! `god33 handoffs watch`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{HandoffState, WatchHandoffRequest, WatchHandoffResponse};
use tonic::Streaming;

use super::show;
use crate::cli::arguments::HandoffArg;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, answer, print};

/// Follow a handoff until it has ended: first as it is, then each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    handoff: HandoffArg,
}

impl Watch {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchHandoffRequest { handoff_id: self.handoff.id(), min_position: 0 };
        follow(target, &mut Changes { request, version: None }).await
    }
}

/// What is watched, and the version that was printed last.
struct Changes {
    request: WatchHandoffRequest,
    version: Option<u64>,
}

impl follow::Watch for Changes {
    type Message = WatchHandoffResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchHandoffResponse>, Failure> {
        Ok(target.handoffs().await?.watch_handoff(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchHandoffResponse) -> Result<ControlFlow<()>, Failure> {
        self.request.min_position = message.position;
        let handoff = message.handoff.unwrap_or_default();
        // A stream that is opened again begins with what may have been printed already.
        if self.version.is_none_or(|printed| handoff.version > printed) {
            let json = print::message_json(&handoff);
            let line = show::line(&handoff);
            answer::change(target, ("handoff", &json), message.event.as_ref(), message.position, &line)?;
        }
        self.version = self.version.max(Some(handoff.version));
        Ok(if has_ended(handoff.state()) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

const fn has_ended(state: HandoffState) -> bool {
    match state {
        HandoffState::Unspecified | HandoffState::Offered | HandoffState::Accepted | HandoffState::Blocked => false,
        HandoffState::Completed
        | HandoffState::Failed
        | HandoffState::Declined
        | HandoffState::Expired
        | HandoffState::Cancelled => true,
    }
}
