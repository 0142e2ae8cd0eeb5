//! Tries parked events again, from the first attempt.

use god33_proto::v1::{ReplayParkedEventsRequest, ReplayParkedEventsResponse};
use tonic::{Request, Response};

use super::change::{self, Change};
use super::parked::Selection;
use super::settings;
use crate::wire::request;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn replay_parked_events(
    app: &App,
    request: Request<ReplayParkedEventsRequest>,
) -> Result<Response<ReplayParkedEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "ReplayParkedEvents", message, &mut found);
    let name = settings::name(&message.subscription, "subscription", &mut found);
    let selection = Selection::parse(message.selection.as_ref(), &mut found);
    found.finish()?;

    let what = Change { name: &name, request: id, parked: Some(&selection) };
    let answer = change::change(app, principal, what, |work, parked| {
        work.replay(parked, app.clock.now());
        Ok(())
    })
    .await?;
    Ok(Response::new(ReplayParkedEventsResponse { replayed: answer.count }))
}
