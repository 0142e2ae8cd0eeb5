//! Reads many events by their ids.

use std::collections::HashSet;

use god33_domain::EventId;
use god33_proto::v1::{BatchGetEventsRequest, BatchGetEventsResponse, ErrorReason};
use tonic::{Request, Response};

use super::fetch::fetch;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, recorded};
use crate::{Action, App, Principal};

pub(super) async fn batch_get_events(
    app: &App,
    request: Request<BatchGetEventsRequest>,
) -> Result<Response<BatchGetEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let ids = some_ids(&request.event_ids, app.limits.page_size)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    let fetched = fetch(&reader, &ids).await?;
    if fetched.ids < ids.len() {
        return Err(too_much(fetched.ids));
    }
    let recorded: HashSet<EventId> = fetched.events.iter().map(|event| event.id()).collect();
    let missing = ids.iter().filter(|id| !recorded.contains(id));
    Ok(Response::new(BatchGetEventsResponse {
        missing_event_ids: missing.map(ToString::to_string).collect(),
        events: fetched.events.iter().map(recorded::to_proto).collect(),
    }))
}

/// The events are too large for one answer.
fn too_much(fitting: usize) -> Failure {
    let mut found = Violations::default();
    let description =
        format!("name events that are too large for one answer, the first {fitting} fit: split the request");
    let details = vec![("limit", fitting.to_string())];
    found.add_with(&Path::Request.member("event_ids"), ErrorReason::TooManyItems, description, details);
    found.into()
}

/// Reads a list of ids, of which there must be some and not too many. Repeats count once.
fn some_ids(texts: &[String], limit: usize) -> Result<Vec<EventId>, Failure> {
    let at = Path::Request.member("event_ids");
    let mut found = Violations::default();
    if texts.is_empty() {
        found.add(&at, ErrorReason::EmptyRequest, "is empty: name at least one event");
    }
    check_count(texts.len(), limit, &at, &mut found);
    found.finish()?;

    let mut found = Violations::default();
    let ids = id::event_ids(texts, &at, &mut found);
    found.finish()?;
    let mut seen = HashSet::new();
    Ok(ids.into_iter().filter(|id| seen.insert(*id)).collect())
}

/// Notes that a list is too long.
pub(super) fn check_count(count: usize, limit: usize, at: &Path<'_>, found: &mut Violations) {
    if count > limit {
        let details = vec![("limit", limit.to_string()), ("actual", count.to_string())];
        let description = format!("has {count} items and the limit is {limit}: split the request");
        found.add_with(at, ErrorReason::TooManyItems, description, details);
    }
}
