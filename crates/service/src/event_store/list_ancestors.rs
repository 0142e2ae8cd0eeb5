//! Lists the events that led to an event.

use god33_domain::causation::{Direction, Reached};
use god33_proto::v1::{ListAncestorsRequest, ListAncestorsResponse, MissingParent};
use tonic::{Request, Response};

use super::walk::{self, WalkRequest};
use crate::wire::page_token::StoreId;
use crate::wire::recorded;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn list_ancestors(
    app: &App,
    store_id: &StoreId,
    request: Request<ListAncestorsRequest>,
) -> Result<Response<ListAncestorsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let walk = WalkRequest {
        rpc: "ListAncestors",
        direction: Direction::Ancestors,
        event_id: &request.event_id,
        max_depth: request.max_depth,
        max_events: request.max_events,
        page_size: request.page_size,
        page_token: &request.page_token,
        min_position: request.min_position,
    };
    let page = walk::page(app, store_id, principal, walk).await?;
    let missing = page.missing.iter().map(|reached| missing_parent(reached, false));
    let dropped = page.dropped.iter().map(|reached| missing_parent(reached, true));
    Ok(Response::new(ListAncestorsResponse {
        root_event: Some(recorded::to_proto(&page.root)),
        missing_parents: missing.chain(dropped).collect(),
        events: page.events,
        total: u32::try_from(page.total).unwrap_or(u32::MAX),
        truncated: page.truncated,
        next_page_token: page.next,
    }))
}

/// The event before it on its path names it.
fn missing_parent(reached: &Reached, dropped: bool) -> MissingParent {
    let named_by = reached.path.iter().rev().nth(1);
    MissingParent {
        event_id: reached.event_id.to_string(),
        named_by: named_by.map(ToString::to_string).unwrap_or_default(),
        dropped,
    }
}
