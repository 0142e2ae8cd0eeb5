//! Streams a handoff: first as it is, then after each change.

use std::sync::Arc;

use god33_domain::RecordedEvent;
use god33_domain::handoff::Handoff;
use god33_proto::v1::{WatchHandoffRequest, WatchHandoffResponse};
use tonic::{Request, Response};

use super::lease;
use crate::event_store::Answers;
use crate::watch::{Watched, watch};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::{id, recorded};
use crate::{App, Principal};

impl Watched for Handoff {
    fn may_change(&self, event: &RecordedEvent) -> bool {
        let of = |session: &str| event.session_id().is_some_and(|id| id.as_str() == session);
        let named = |session: &str| event.said("failed_session_id").as_deref() == Some(session);
        event.belonging.about.handoff.as_ref() == Some(&self.handoff_id)
            || self.holder().is_some_and(of)
            || self.failed_session.as_deref().is_some_and(|session| of(session) || named(session))
    }

    fn version(&self) -> u64 {
        self.version
    }
}

pub(super) async fn watch_handoff(
    app: &Arc<App>,
    request: Request<WatchHandoffRequest>,
) -> Result<Response<Answers<WatchHandoffResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let id = id::required_uuid(&message.handoff_id, &Path::Request.member("handoff_id"))?;
    let shown_by = app.clone();
    watch::<Handoff, _>(app, principal, &id, message.min_position, move |handoff, event, position| {
        Ok(WatchHandoffResponse {
            handoff: Some(lease::message(&shown_by, handoff)?),
            event: event.map(recorded::to_proto),
            position: position.get(),
        })
    })
    .await
}
