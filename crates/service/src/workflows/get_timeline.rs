//! Reads the history of a workflow, line by line.

use god33_domain::{EventFilter, Order, Position};
use god33_proto::v1::{GetTimelineRequest, GetTimelineResponse};
use tonic::{Request, Response};

use super::{not_found, workflow_id};
use crate::event_store::pages::{self, PageRequest, order, place};
use crate::wire::page_token::{List, StoreId};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{page, workflow};
use crate::{Action, App, Principal};

pub(super) async fn get_timeline(
    app: &App,
    store_id: &StoreId,
    request: Request<GetTimelineRequest>,
) -> Result<Response<GetTimelineResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let id = workflow_id(&request.workflow_id)?;
    let (order, size) = parse(request, app.limits.page_size)?;

    let reader = app.reader(principal, Action::ReadWorkflows(Some(&id)), request.min_position).await?;
    let parameters = [id.as_str().as_bytes(), &request.order.to_be_bytes()];
    let list = List::new(store_id.get(&reader).await?, "GetTimeline", &parameters);
    let place = place(&request.page_token, &list)?;
    reader.workflow(&id).await?.ok_or_else(|| not_found(&id))?;
    let filter = EventFilter { workflow_id: Some(id.clone()), ..EventFilter::default() };
    let page = PageRequest { filter, order, floor: Position::START, size, place };
    let page = pages::read(&reader, page, &list).await?;
    Ok(Response::new(GetTimelineResponse {
        workflow_id: id.as_str().to_owned(),
        timeline: page.events.iter().map(workflow::timeline_entry).collect(),
        next_page_token: page.next,
    }))
}

fn parse(request: &GetTimelineRequest, limit: usize) -> Result<(Order, usize), Failure> {
    let mut found = Violations::default();
    let order = order(request.order, Order::OldestFirst, &mut found);
    let size = page::size(request.page_size, limit, &Path::Request.member("page_size"), &mut found);
    found.finish()?;
    Ok((order, size))
}
