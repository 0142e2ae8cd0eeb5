//! `god33 collaborations watch`.

use std::ops::ControlFlow;

use clap::Args;
use god33_proto::v1::{CollaborationState, WatchCollaborationRequest, WatchCollaborationResponse};
use tonic::Streaming;

use super::show;
use crate::cli::answer::change;
use crate::cli::arguments::CollaborationArg;
use crate::cli::follow::{self, follow};
use crate::cli::{Failure, Target, print};

/// Follow a collaboration until it ends: first as it is, then after each change. A lost connection is opened again.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    collaboration: CollaborationArg,
}

impl Watch {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = WatchCollaborationRequest { collaboration_id: self.collaboration.id(), min_position: 0 };
        follow(target, &mut Changes { request, version: None }).await
    }
}

/// What is watched, and the version that was printed last.
struct Changes {
    request: WatchCollaborationRequest,
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
        let is_known = self.version.replace(collaboration.version) == Some(collaboration.version);
        if message.event.is_some() || !is_known {
            let json = print::message_json(collaboration);
            change(
                target,
                ("collaboration", &json),
                message.event.as_ref(),
                message.position,
                &show::line(collaboration),
            )?;
        }
        Ok(match collaboration.state() {
            CollaborationState::Completed | CollaborationState::Failed => ControlFlow::Break(()),
            CollaborationState::Active | CollaborationState::Unspecified => ControlFlow::Continue(()),
        })
    }
}
