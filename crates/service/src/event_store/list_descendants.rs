//! Lists the events that an event led to.

use god33_domain::causation::Direction;
use god33_proto::v1::{ListDescendantsRequest, ListDescendantsResponse};
use tonic::{Request, Response};

use super::walk::{self, WalkRequest};
use crate::wire::page_token::StoreId;
use crate::wire::recorded;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn list_descendants(
    app: &App,
    store_id: &StoreId,
    request: Request<ListDescendantsRequest>,
) -> Result<Response<ListDescendantsResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let walk = WalkRequest {
        rpc: "ListDescendants",
        direction: Direction::Descendants,
        event_id: &request.event_id,
        max_depth: request.max_depth,
        max_events: request.max_events,
        page_size: request.page_size,
        page_token: &request.page_token,
        min_position: request.min_position,
    };
    let page = walk::page(app, store_id, principal, walk).await?;
    Ok(Response::new(ListDescendantsResponse {
        root_event: Some(recorded::to_proto(&page.root)),
        events: page.events,
        total: u32::try_from(page.total).unwrap_or(u32::MAX),
        truncated: page.truncated,
        next_page_token: page.next,
    }))
}
