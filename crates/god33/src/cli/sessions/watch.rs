//! `god33 sessions watch`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{SessionStatus, WatchSessionRequest, WatchSessionResponse};
use tonic::Streaming;

use super::show;
use crate::cli::arguments::SessionArg;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, answer, print};

/// Follow a session until it has ended: first as it is, then each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    session: SessionArg,
}

impl Watch {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchSessionRequest { session_id: self.session.id(), min_position: 0 };
        follow(target, &mut Changes { request, version: None }).await
    }
}

/// What is watched, and the version that was printed last.
struct Changes {
    request: WatchSessionRequest,
    version: Option<u64>,
}

impl follow::Watch for Changes {
    type Message = WatchSessionResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchSessionResponse>, Failure> {
        Ok(target.sessions().await?.watch_session(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchSessionResponse) -> Result<ControlFlow<()>, Failure> {
        self.request.min_position = message.position;
        let session = message.session.unwrap_or_default();
        // A stream that is opened again begins with what may have been printed already.
        if self.version.is_none_or(|printed| session.version > printed) {
            let json = print::message_json(&session);
            let line = show::line(&session);
            answer::change(target, ("session", &json), message.event.as_ref(), message.position, &line)?;
        }
        self.version = self.version.max(Some(session.version));
        let has_ended = matches!(session.status(), SessionStatus::Completed | SessionStatus::Failed);
        Ok(if has_ended { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}
