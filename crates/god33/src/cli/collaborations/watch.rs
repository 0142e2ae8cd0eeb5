//! `god33 collaborations watch`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{CollaborationState, WatchCollaborationRequest, WatchCollaborationResponse};
use tonic::Streaming;

use super::show;
use crate::cli::answer::Answer;
use crate::cli::arguments::CollaborationArg;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, follow, print};

/// Follow a collaboration until it ends: first as it is, then after each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    collaboration: CollaborationArg,
}

impl Watch {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchCollaborationRequest { collaboration_id: self.collaboration.id(), min_position: 0 };
        follow::follow(target, &mut Changes { request, version: None }).await
    }
}

/// The changes that are still to be printed; `request` says where to resume.
struct Changes {
    request: WatchCollaborationRequest,
    /// Version that was printed last.
    version: Option<u64>,
}

impl follow::Watch for Changes {
    type Message = WatchCollaborationResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<WatchCollaborationResponse>, Failure> {
        Ok(target.collaborations().await?.watch_collaboration(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, target: &Target, message: WatchCollaborationResponse) -> Result<ControlFlow<()>, Failure> {
        self.request.min_position = message.position;
        let Some(collaboration) = &message.collaboration else { return Ok(ControlFlow::Continue(())) };
        // A stream that is opened again tells first what is known already.
        let known = self.version.replace(collaboration.version) == Some(collaboration.version);
        if message.event.is_some() || !known {
            show(target, &message)?;
        }
        Ok(match collaboration.state() {
            CollaborationState::Completed | CollaborationState::Failed => ControlFlow::Break(()),
            CollaborationState::Active | CollaborationState::Unspecified => ControlFlow::Continue(()),
        })
    }
}

fn show(target: &Target, message: &WatchCollaborationResponse) -> Result<(), Failure> {
    let collaboration = message.collaboration.clone().unwrap_or_default();
    if target.output == Output::Json {
        let answer = Answer::default().with("collaboration", &print::message_json(&collaboration));
        let answer = match &message.event {
            Some(event) => answer.with("event", &print::event_json(event)),
            None => answer,
        };
        return print::json(&answer.value("position", message.position).text());
    }
    match &message.event {
        Some(event) => {
            print::event_lines(std::slice::from_ref(event))?;
            print::text(&format!("        {}\n", show::standing(&collaboration)))
        }
        None => print::text(&show::whole(&collaboration)),
    }
}
