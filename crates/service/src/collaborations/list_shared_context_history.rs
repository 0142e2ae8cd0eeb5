//! Lists the values that keys of a shared context had, the newest first.

use god33_domain::collaboration::Collaboration;
use god33_domain::state::{Kind, StateKey};
use god33_domain::{EventFilter, EventQuery, Order, Position, RecordedEvent, TypePattern};
use god33_proto::v1::{ErrorReason, ListSharedContextHistoryRequest, ListSharedContextHistoryResponse, SharedValue};
use prost::Message as _;
use tonic::{Request, Response};

use super::values::values;
use crate::list::{Pages, pages};
use crate::wire::page_token::{List, PageToken, StoreId, refuse};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, page, plain_text};
use crate::{Action, App, Principal, Reader, show};

pages!(ListSharedContextHistoryRequest);

/// The events that set keys.
const TYPES: [&str; 2] = ["agent.collaboration.context.updated", "agent.collaboration.started"];

/// How many events are read at once.
const AT_ONCE: usize = 100;

/// How many events one page looks at, most of which may be of other collaborations: a page then ends early, and the next one goes on.
const MOST_LOOKED_AT: usize = 10_000;

pub(super) async fn list_shared_context_history(
    app: &App,
    store_id: &StoreId,
    request: Request<ListSharedContextHistoryRequest>,
) -> Result<Response<ListSharedContextHistoryResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let (id, key, size) = parse(request, app.limits.page_size)?;
    let action = Action::ReadStates(<Collaboration as Kind>::KIND, Some(&id));
    let reader = app.reader(principal, action, request.min_position).await?;
    let parameters = request.without_page().encode_to_vec();
    let list = List::new(store_id.get(&reader).await?, ListSharedContextHistoryRequest::NAME, &[&parameters]);
    let place = place(&request.page_token, &list)?;
    let collaboration = reader.state::<Collaboration>(&id).await?;
    let collaboration = collaboration.ok_or_else(|| show::not_found(&StateKey::of::<Collaboration>(&id)))?;
    if let Some(key) = &key {
        known(&collaboration, key)?;
    }
    let history = History { collaboration, key, size, values: Vec::new(), bytes: 0 };
    let (values, next) = history.read(&reader, place).await?;
    Ok(Response::new(ListSharedContextHistoryResponse {
        values,
        next_page_token: next.map(|place| place.token(&list)).unwrap_or_default(),
    }))
}

fn parse(request: &ListSharedContextHistoryRequest, limit: usize) -> Result<(String, Option<String>, usize), Failure> {
    let at = |name| Path::Member(&Path::Request, name);
    let mut found = Violations::default();
    let id = id::uuid(&request.collaboration_id, &at("collaboration_id"), &mut found);
    let key = plain_text::optional(&request.key, 255, ErrorReason::InvalidField, &at("key"), &mut found);
    let size = page::size(request.page_size, limit, &at("page_size"), &mut found);
    found.finish()?;
    let id = id.ok_or_else(|| Failure::defect("a collaboration's id had no fault and came to nothing"))?;
    Ok((id.to_string(), key, size))
}

/// Refuses a key that never had a value.
fn known(collaboration: &Collaboration, key: &str) -> Result<(), Failure> {
    let is_known = collaboration.version_of(key) > 0 || collaboration.removed_keys.contains_key(key);
    if is_known {
        return Ok(());
    }
    let why = format!("the shared context never had a key {key}: check the key, or leave it empty for all keys");
    Err(Failure::new(ErrorReason::ContextKeyNotFound, why).with("id", key))
}

/// The last value that was seen: its event, and its place among that event's values.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    position: Position,
    value: u32,
}

impl Place {
    fn token(self, list: &List) -> String {
        let mut cursor = self.position.get().to_be_bytes().to_vec();
        cursor.extend_from_slice(&self.value.to_be_bytes());
        PageToken { backwards: false, cursor }.encode(list)
    }

    fn read(cursor: &[u8]) -> Option<Self> {
        let (position, value) = cursor.split_first_chunk()?;
        let position = Position::new(u64::from_be_bytes(*position));
        Some(Self { position, value: u32::from_be_bytes(value.try_into().ok()?) })
    }
}

fn place(token: &str, list: &List) -> Result<Option<Place>, Failure> {
    let at = Path::Request.member("page_token");
    let mut found = Violations::default();
    let token = PageToken::parse(token, list, &at, &mut found);
    let place = token.as_ref().map(|token| Place::read(&token.cursor));
    if place == Some(None) {
        refuse(&at, &mut found);
    }
    found.finish()?;
    Ok(place.flatten())
}

/// A page in the making.
struct History {
    collaboration: Collaboration,
    key: Option<String>,
    size: usize,
    values: Vec<SharedValue>,
    bytes: usize,
}

impl History {
    /// Reads a page; also says where the next one goes on, unless this is the last.
    async fn read(
        mut self,
        reader: &Reader<'_>,
        from: Option<Place>,
    ) -> Result<(Vec<SharedValue>, Option<Place>), Failure> {
        let mut last = from;
        let mut looked_at = 0;
        // The event of the last value comes again: it may have more of them.
        let newest = from.map_or(self.collaboration.position, |place| place.position).next();
        let mut query = query(newest);
        loop {
            let page = reader.list_events(&query).await?;
            query.after = page.events.last().map(|event| event.position);
            for event in page.events {
                if event.position < self.collaboration.began {
                    return Ok((self.values, None));
                }
                let skipped = from
                    .filter(|place| place.position == event.position)
                    .map_or(0, |place| place.value.saturating_add(1));
                if let Some(full) = self.take(&event, skipped, last) {
                    return Ok((self.values, Some(full)));
                }
                last = Some(Place { position: event.position, value: u32::MAX });
                looked_at += 1;
            }
            if !page.has_more || query.after.is_none() {
                return Ok((self.values, None));
            }
            if looked_at >= MOST_LOOKED_AT {
                return Ok((self.values, last));
            }
        }
    }

    /// Takes the values of an event in. When one does not fit, it says which was the last before it.
    fn take(&mut self, event: &RecordedEvent, skipped: u32, before: Option<Place>) -> Option<Place> {
        let mut last = before;
        for (number, value) in (0..).zip(values(&self.collaboration, event)) {
            let is_wanted = number >= skipped && self.key.as_ref().is_none_or(|key| *key == value.key);
            if is_wanted {
                let bytes = value.encoded_len();
                let is_full = self.values.len() >= self.size || self.bytes + bytes > page::PAGE_BYTES;
                if is_full && !self.values.is_empty() {
                    return last;
                }
                self.bytes += bytes;
                self.values.push(value);
            }
            last = Some(Place { position: event.position, value: number });
        }
        None
    }
}

fn query(before: Position) -> EventQuery {
    let types = TYPES.iter().filter_map(|pattern| TypePattern::parse(pattern).ok()).collect();
    let filter = EventFilter { types, ..EventFilter::default() };
    EventQuery { filter, order: Order::NewestFirst, after: Some(before), limit: AT_ONCE }
}
