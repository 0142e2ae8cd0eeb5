//! Lists the ways from a cause to a consequence.

use god33_domain::causation::PathLimits;
use god33_domain::{EventId, Limits};
use god33_proto::v1::{CausationPath, ListPathsRequest, ListPathsResponse};
use tonic::{Request, Response};

use super::get_event::all_recorded;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, page};
use crate::{Action, App, Principal};

/// How many paths are answered when the request does not say.
const DEFAULT_PATHS: usize = 10;
/// The most paths of one answer.
const MAX_PATHS: usize = 100;

struct Parsed {
    from: EventId,
    to: EventId,
    limits: PathLimits,
}

pub(super) async fn list_paths(
    app: &App,
    request: Request<ListPathsRequest>,
) -> Result<Response<ListPathsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let Parsed { from, to, limits } = parse(request, &app.limits)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    all_recorded(&reader, &[from, to]).await?;
    let found = reader.paths(from, to, limits).await?;
    let path = |ids: &Vec<EventId>| CausationPath { event_ids: ids.iter().map(ToString::to_string).collect() };
    Ok(Response::new(ListPathsResponse { paths: found.paths.iter().map(path).collect(), truncated: found.truncated }))
}

fn parse(request: &ListPathsRequest, limits: &Limits) -> Result<Parsed, Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    let from = id::event_id(&request.from_event_id, &at("from_event_id"), &mut found);
    let to = id::event_id(&request.to_event_id, &at("to_event_id"), &mut found);
    let paths = page::bound(request.max_paths, DEFAULT_PATHS, MAX_PATHS, &at("max_paths"), &mut found);
    let depth = page::bound(request.max_depth, limits.walk_depth, limits.walk_depth, &at("max_depth"), &mut found);
    match (from, to) {
        (Some(from), Some(to)) if found.is_empty() => {
            Ok(Parsed { from, to, limits: PathLimits { paths, depth, events: limits.walk_events } })
        }
        _ => Err(found.into()),
    }
}
