//! Streams a session: first as it is, then after each change.

use std::sync::Arc;

use god33_domain::RecordedEvent;
use god33_domain::session::Session;
use god33_proto::v1::{WatchSessionRequest, WatchSessionResponse};
use tonic::{Request, Response};

use super::{link, session};
use crate::event_store::Answers;
use crate::watch::{Watched, watch};
use crate::wire::path::Path;
use crate::wire::recorded;
use crate::wire::status::Failure;
use crate::{App, Principal};

impl Watched for Session {
    fn may_change(&self, event: &RecordedEvent) -> bool {
        let about = &event.belonging.about;
        let is_its_work = about.handoff.as_ref().is_some_and(|handoff| self.handoff_ids.contains(handoff));
        event.session_id().is_some_and(|id| id.as_str() == self.session_id)
            || is_its_work
            || may_come_from_elsewhere(event.envelope.event_type.as_str())
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// Questions, recoveries and tasks reach sessions that their events do not name.
fn may_come_from_elsewhere(event_type: &str) -> bool {
    event_type.starts_with("agent.feedback.")
        || event_type.starts_with("agent.registry.task.")
        || event_type.ends_with(".session.recovery.started")
}

pub(super) async fn watch_session(
    app: &Arc<App>,
    request: Request<WatchSessionRequest>,
) -> Result<Response<Answers<WatchSessionResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let id = link::session_id(&message.session_id, &Path::Request.member("session_id"))?;
    let shown_by = app.clone();
    watch::<Session, _>(app, principal, &id, message.min_position, move |state, event, position| {
        Ok(WatchSessionResponse {
            session: Some(session::from_here(&shown_by, state)?),
            event: event.map(recorded::to_proto),
            position: position.get(),
        })
    })
    .await
}
