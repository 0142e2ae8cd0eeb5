//! Lists events page by page, in both directions.

use god33_domain::{EventFilter, Order, Position};
use god33_proto::v1::{EventFilter as Filter, ListEventsRequest, ListEventsResponse};
use prost::Message as _;
use tonic::{Request, Response};

use super::pages::{self, PageRequest, order, place};
use crate::wire::page_token::{List, StoreId};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{filter, page, recorded};
use crate::{Action, App, Principal, Reader};

pub(super) async fn list_events(
    app: &App,
    store_id: &StoreId,
    request: Request<ListEventsRequest>,
) -> Result<Response<ListEventsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let parsed = parse(request, app.limits.page_size)?;

    let reader = app.reader(principal, Action::ReadEvents(Some(&parsed.filter)), request.min_position).await?;
    let list = list(&reader, store_id, request).await?;
    let place = place(&request.page_token, &list)?;
    check_floor(&reader, parsed.floor).await?;
    let total = if request.include_total { Some(reader.count_events(&parsed.filter).await?) } else { None };
    let page = pages::read(&reader, PageRequest { place, ..parsed }, &list).await?;
    Ok(Response::new(ListEventsResponse {
        events: page.events.iter().map(recorded::to_proto).collect(),
        next_page_token: page.next,
        previous_page_token: page.previous,
        total,
    }))
}

fn parse(request: &ListEventsRequest, limit: usize) -> Result<PageRequest, Failure> {
    let mut found = Violations::default();
    let filter: EventFilter = filter::parse(request.filter.as_ref(), &mut found);
    let order = order(request.order, Order::NewestFirst, &mut found);
    let size = page::size(request.page_size, limit, &Path::Request.member("page_size"), &mut found);
    found.finish()?;
    Ok(PageRequest { filter, order, floor: Position::new(request.after_position), size, place: None })
}

async fn list(reader: &Reader<'_>, store_id: &StoreId, request: &ListEventsRequest) -> Result<List, Failure> {
    let filter = request.filter.as_ref().map(Filter::encode_to_vec).unwrap_or_default();
    let (order, floor) = (request.order.to_be_bytes(), request.after_position.to_be_bytes());
    Ok(List::new(store_id.get(reader).await?, "ListEvents", &[&filter, &order, &floor]))
}

/// A list after a position that is no longer kept would be silently incomplete.
async fn check_floor(reader: &Reader<'_>, floor: Position) -> Result<(), Failure> {
    if floor == Position::START {
        return Ok(());
    }
    let earliest = reader.info().await?.earliest;
    if floor < earliest.previous() {
        return Err(god33_domain::ports::StoreError::Compacted { earliest }.into());
    }
    Ok(())
}
