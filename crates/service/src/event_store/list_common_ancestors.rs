//! Lists the nearest common causes of events.

use std::collections::BTreeSet;

use god33_domain::causation::WalkLimits;
use god33_domain::{EventId, Limits};
use god33_proto::v1::{ErrorReason, ListCommonAncestorsRequest, ListCommonAncestorsResponse};
use tonic::{Request, Response};

use super::batch_get_events::check_count;
use super::fetch::fetch;
use super::get_event::all_recorded;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, page, recorded};
use crate::{Action, App, Principal};

/// The most events whose common causes are asked for.
const MAX_EVENTS: usize = 100;

struct Parsed {
    events: Vec<EventId>,
    limits: WalkLimits,
}

pub(super) async fn list_common_ancestors(
    app: &App,
    request: Request<ListCommonAncestorsRequest>,
) -> Result<Response<ListCommonAncestorsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let Parsed { events, limits } = parse(request, &app.limits)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    all_recorded(&reader, &events).await?;
    let found = reader.common_ancestors(&events, limits).await?;
    let fetched = fetch(&reader, &found.events).await?;
    Ok(Response::new(ListCommonAncestorsResponse {
        events: fetched.events.iter().map(recorded::to_proto).collect(),
        truncated: found.truncated || fetched.ids < found.events.len(),
    }))
}

fn parse(request: &ListCommonAncestorsRequest, limits: &Limits) -> Result<Parsed, Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    check_count(request.event_ids.len(), MAX_EVENTS, &at("event_ids"), &mut found);
    let ids = id::event_ids(&request.event_ids, &at("event_ids"), &mut found);
    let events: BTreeSet<EventId> = ids.into_iter().collect();
    if request.event_ids.is_empty() {
        found.add(&at("event_ids"), ErrorReason::EmptyRequest, "is empty: name at least two events");
    } else if found.is_empty() && events.len() < 2 {
        let description = "names one event and must name at least two: ask ListAncestors for the causes of one";
        found.add(&at("event_ids"), ErrorReason::InvalidField, description);
    }
    let depth = page::bound(request.max_depth, limits.walk_depth, limits.walk_depth, &at("max_depth"), &mut found);
    found.finish()?;
    let limits = WalkLimits { depth, events: limits.walk_events };
    Ok(Parsed { events: events.into_iter().collect(), limits })
}
