//! Gives parked events up.

use god33_proto::v1::{ErrorReason, SkipParkedEventsRequest, SkipParkedEventsResponse};
use tonic::{Request, Response};

use super::change::{self, Change};
use super::parked::Selection;
use super::settings;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{plain_text, request};
use crate::{App, Principal};

pub(super) async fn skip_parked_events(
    app: &App,
    request: Request<SkipParkedEventsRequest>,
) -> Result<Response<SkipParkedEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "SkipParkedEvents", message, &mut found);
    let name = settings::name(&message.subscription, "subscription", &mut found);
    let selection = Selection::parse(message.selection.as_ref(), &mut found);
    let at = Path::Request.member("reason");
    let reason = plain_text::optional(&message.reason, 1_024, ErrorReason::InvalidField, &at, &mut found);
    found.finish()?;

    let what = Change { name: &name, request: id, parked: Some(&selection) };
    let answer = change::change(app, principal, what, |work, parked| {
        work.skip(&parked);
        Ok(())
    })
    .await?;
    // The events themselves stay in the log; that nobody is to work on them is for the operator's.
    tracing::info!(
        subscription = name,
        skipped = answer.count,
        principal = principal.name,
        reason,
        "parked events were given up"
    );
    Ok(Response::new(SkipParkedEventsResponse { skipped: answer.count }))
}
