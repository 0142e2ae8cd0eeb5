//! Pages of events, in both directions, for every list of them.

use god33_domain::{EventFilter, EventQuery, Order, Position, RecordedEvent};
use god33_proto::v1::{ErrorReason, EventOrder};

use super::fetch::AT_ONCE;
use crate::wire::page;
use crate::wire::page_token::{List, PageToken, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{AppError, Reader};

/// One page to read.
#[derive(Debug)]
pub(crate) struct PageRequest {
    /// Which events.
    pub(crate) filter: EventFilter,
    /// In which order.
    pub(crate) order: Order,
    /// Only events after this position, whatever the order.
    pub(crate) floor: Position,
    /// At most this many.
    pub(crate) size: usize,
    /// Where the page begins; `None` for the first.
    pub(crate) place: Option<Place>,
}

/// Where a page begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// The event beside it.
    pub(crate) beside: Position,
    /// The page lies before it, in the list's order.
    pub(crate) backwards: bool,
}

impl Place {
    /// Reads a place out of a token; `None` for a token of another kind of list.
    pub(crate) fn of(token: &PageToken) -> Option<Self> {
        let position = u64::from_be_bytes(token.cursor.as_slice().try_into().ok()?);
        Some(Self { beside: Position::new(position), backwards: token.backwards })
    }

    fn token(beside: &RecordedEvent, backwards: bool, list: &List) -> String {
        PageToken { backwards, cursor: beside.position.get().to_be_bytes().to_vec() }.encode(list)
    }
}

/// Reads the order of a list of events.
pub(crate) fn order(number: i32, default: Order, found: &mut Violations) -> Order {
    match EventOrder::try_from(number) {
        Ok(EventOrder::Unspecified) => default,
        Ok(EventOrder::OldestFirst) => Order::OldestFirst,
        Ok(EventOrder::NewestFirst) => Order::NewestFirst,
        Err(_) => {
            let description = format!(
                "has the number {number}, which EventOrder does not declare: use EVENT_ORDER_OLDEST_FIRST or EVENT_ORDER_NEWEST_FIRST"
            );
            found.add(&Path::Request.member("order"), ErrorReason::InvalidField, description);
            default
        }
    }
}

/// Reads the token of a page of events.
pub(crate) fn place(token: &str, list: &List) -> Result<Option<Place>, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(token, list, &at, &mut found);
    let place = token.as_ref().map(Place::of);
    if place == Some(None) {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(place.flatten())
}

/// One page.
#[derive(Debug)]
pub(crate) struct Page {
    /// Its events in the list's order.
    pub(crate) events: Vec<RecordedEvent>,
    /// The token of the next page; empty after the last.
    pub(crate) next: String,
    /// The token of the page before; empty before the first.
    pub(crate) previous: String,
}

/// Reads one page.
pub(crate) async fn read(reader: &Reader<'_>, request: PageRequest, list: &List) -> Result<Page, AppError> {
    let place = request.place;
    let backwards = place.is_some_and(|place| place.backwards);
    let order = if backwards { request.order.reversed() } else { request.order };
    let (mut events, has_more) = gather(reader, request, order).await?;
    if backwards {
        events.reverse();
    }
    Ok(with_tokens(events, place, has_more, list))
}

/// Reads events in an order until the page is full or no more follow; says whether more do. Few at once: large ones must not fill the
/// memory before it is seen that they do not fit.
async fn gather(
    reader: &Reader<'_>,
    request: PageRequest,
    order: Order,
) -> Result<(Vec<RecordedEvent>, bool), AppError> {
    let rises = order == Order::OldestFirst;
    let from = request.place.map(|place| place.beside);
    let floor = (request.floor > Position::START).then_some(request.floor);
    let mut events: Vec<RecordedEvent> = Vec::new();
    let mut query =
        EventQuery { filter: request.filter, order, after: if rises { from.max(floor) } else { from }, limit: 0 };
    loop {
        // One more than wanted: only that tells whether any lie beyond the page and above the floor.
        query.limit = (request.size + 1 - events.len()).min(AT_ONCE);
        let found = reader.list_events(&query).await?;
        let count = found.events.len();
        let above = found.events.into_iter().take_while(|event| event.position > request.floor);
        let before = events.len();
        events.extend(above);
        let is_over = count == 0 || !found.has_more || events.len() < before + count;
        let fitting = page::that_fit(&events).min(request.size);
        if is_over || fitting < events.len() {
            let has_more = fitting < events.len();
            events.truncate(fitting);
            return Ok((events, has_more));
        }
        query.after = events.last().map(|event| event.position);
    }
}

/// There is a page where one came from, and one where the store says that more follows.
fn with_tokens(events: Vec<RecordedEvent>, place: Option<Place>, has_more: bool, list: &List) -> Page {
    let (before, after) = match place {
        None => (false, has_more),
        Some(Place { backwards: false, .. }) => (true, has_more),
        Some(Place { backwards: true, .. }) => (has_more, true),
    };
    let token = |event: Option<&RecordedEvent>, wanted: bool, backwards: bool| {
        event.filter(|_| wanted).map(|event| Place::token(event, backwards, list)).unwrap_or_default()
    };
    let next = token(events.last(), after, false);
    let previous = token(events.first(), before, true);
    Page { events, next, previous }
}
