//! Pages of what a walk over causes finds.

use god33_domain::causation::{Direction, Reached, Walk, WalkLimits};
use god33_domain::{EventId, Limits, RecordedEvent};
use god33_proto::v1::{CausalEvent, ErrorReason};

use super::fetch::fetch;
use super::get_event::{not_found, one_id};
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{page, recorded};
use crate::{Action, App, Principal};

/// What both requests say.
pub(super) struct WalkRequest<'a> {
    pub(super) rpc: &'static str,
    pub(super) direction: Direction,
    pub(super) event_id: &'a str,
    pub(super) max_depth: u32,
    pub(super) max_events: u32,
    pub(super) page_size: u32,
    pub(super) page_token: &'a str,
    pub(super) min_position: u64,
}

/// One page of a walk.
pub(super) struct WalkPage {
    pub(super) root: RecordedEvent,
    pub(super) events: Vec<CausalEvent>,
    /// Events that a store once had and does not have any more, of this page.
    pub(super) dropped: Vec<Reached>,
    /// Events that are named and not recorded, of the whole walk.
    pub(super) missing: Vec<Reached>,
    pub(super) total: usize,
    pub(super) truncated: bool,
    pub(super) next: String,
}

struct Parsed {
    root: EventId,
    limits: WalkLimits,
    size: usize,
}

/// Walks, and reads one page of what was reached. Each page walks anew, so it shows the graph as it is then.
pub(super) async fn page(
    app: &App,
    store_id: &StoreId,
    principal: &Principal,
    request: WalkRequest<'_>,
) -> Result<WalkPage, Failure> {
    let Parsed { root, limits, size } = parse(&request, &app.limits)?;
    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    let parameters = [
        root.uuid().into_bytes().to_vec(),
        request.max_depth.to_be_bytes().to_vec(),
        request.max_events.to_be_bytes().to_vec(),
    ];
    let parameters: Vec<&[u8]> = parameters.iter().map(Vec::as_slice).collect();
    let list = List::new(store_id.get(&reader).await?, request.rpc, &parameters);
    let after = after(request.page_token, &list)?;
    let root_event = reader.event(root).await?.ok_or_else(|| not_found(root))?;

    let Walk { reached, truncated } = reader.walk(root, request.direction, limits).await?;
    let (recorded, missing): (Vec<Reached>, Vec<Reached>) = reached.into_iter().partition(|reached| reached.recorded);
    let total = recorded.len();
    let start = start(&recorded, after)?;
    let mut shown: Vec<Reached> = recorded.into_iter().skip(start).take(size).collect();
    let ids: Vec<EventId> = shown.iter().map(|reached| reached.event_id).collect();
    let fetched = fetch(&reader, &ids).await?;
    shown.truncate(fetched.ids);
    let is_last = start + shown.len() == total;
    let next = shown.last().filter(|_| !is_last).map(|last| token(last, &list)).unwrap_or_default();
    let (events, dropped) = join(shown, &fetched.events);
    Ok(WalkPage { root: root_event, events, dropped, missing, total, truncated, next })
}

fn parse(request: &WalkRequest<'_>, limits: &Limits) -> Result<Parsed, Failure> {
    let root = one_id(request.event_id)?;
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    let (depth, events) = (limits.walk_depth, limits.walk_events);
    let depth = page::bound(request.max_depth, depth, depth, &at("max_depth"), &mut found);
    let events = page::bound(request.max_events, events, events, &at("max_events"), &mut found);
    let size = page::size(request.page_size, limits.page_size, &at("page_size"), &mut found);
    found.finish()?;
    Ok(Parsed { root, limits: WalkLimits { depth, events }, size })
}

fn token(last: &Reached, list: &List) -> String {
    PageToken { backwards: false, cursor: last.event_id.uuid().into_bytes().to_vec() }.encode(list)
}

/// The event that the page before ended with.
fn after(token: &str, list: &List) -> Result<Option<EventId>, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(token, list, &at, &mut found);
    let id = token.map(|token| uuid::Uuid::from_slice(&token.cursor).map(EventId::new));
    if let Some(Err(_)) = id {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(id.and_then(Result::ok))
}

fn start(recorded: &[Reached], after: Option<EventId>) -> Result<usize, Failure> {
    let Some(after) = after else { return Ok(0) };
    let place = recorded.iter().position(|reached| reached.event_id == after);
    place.map(|place| place + 1).ok_or_else(|| {
        let mut found = Violations::default();
        let description = "leads to an event that the walk does not reach any more: start again from the first page";
        found.add(&Path::Request.member("page_token"), ErrorReason::InvalidPageToken, description);
        found.into()
    })
}

/// Puts what was reached together with what was read.
fn join(shown: Vec<Reached>, events: &[RecordedEvent]) -> (Vec<CausalEvent>, Vec<Reached>) {
    let by_id: std::collections::HashMap<EventId, &RecordedEvent> =
        events.iter().map(|event| (event.id(), event)).collect();
    let mut found = Vec::with_capacity(shown.len());
    let mut dropped = Vec::new();
    for reached in shown {
        match by_id.get(&reached.event_id) {
            Some(event) => found.push(CausalEvent {
                event: Some(recorded::to_proto(event)),
                depth: u32::try_from(reached.depth).unwrap_or(u32::MAX),
                path: reached.path.iter().map(ToString::to_string).collect(),
            }),
            None => dropped.push(reached),
        }
    }
    (found, dropped)
}
