//! Streams a collaboration: first as it is, then after each change.

use std::sync::Arc;

use god33_domain::RecordedEvent;
use god33_domain::collaboration::Collaboration;
use god33_proto::v1::{WatchCollaborationRequest, WatchCollaborationResponse};
use tonic::{Request, Response};

use crate::event_store::Answers;
use crate::watch::{Watched, watch};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::{id, recorded};
use crate::{App, Principal, show};

impl Watched for Collaboration {
    fn may_change(&self, event: &RecordedEvent) -> bool {
        event.belonging.about.collaboration.as_ref() == Some(&self.collaboration_id)
    }

    fn version(&self) -> u64 {
        self.version
    }
}

pub(super) async fn watch_collaboration(
    app: &Arc<App>,
    request: Request<WatchCollaborationRequest>,
) -> Result<Response<Answers<WatchCollaborationResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let id = id::required_uuid(&message.collaboration_id, &Path::Request.member("collaboration_id"))?;
    watch::<Collaboration, _>(app, principal, &id, message.min_position, |collaboration, event, position| {
        Ok(WatchCollaborationResponse {
            collaboration: Some(show::message(collaboration)?),
            event: event.map(recorded::to_proto),
            position: position.get(),
        })
    })
    .await
}
