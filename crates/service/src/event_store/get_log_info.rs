//! Reads the ends of the log and the limits of the server.

use god33_domain::{EventFilter, EventQuery, Order, Position, Timestamp};
use god33_proto::v1::{GetLogInfoRequest, GetLogInfoResponse};
use tonic::{Request, Response};

use crate::wire::status::Failure;
use crate::wire::{limits, time};
use crate::{Action, App, AppError, Principal, Reader};

pub(super) async fn get_log_info(
    app: &App,
    request: Request<GetLogInfoRequest>,
) -> Result<Response<GetLogInfoResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let reader = app.reader(principal, Action::ReadEvents(None), request.get_ref().min_position).await?;
    let info = reader.info().await?;
    let is_empty = info.head.position == Position::START;
    let earliest = if is_empty { Position::START } else { info.earliest };
    let earliest_recorded_at = recorded_at(&reader, is_empty).await?;
    Ok(Response::new(GetLogInfoResponse {
        store_id: info.store_id.to_string(),
        head_position: info.head.position.get(),
        head_recorded_at: (!is_empty).then(|| time::to_proto(info.head.recorded_at)),
        earliest_position: earliest.get(),
        earliest_recorded_at: earliest_recorded_at.map(time::to_proto),
        limits: Some(limits::to_proto(&app.limits)),
    }))
}

/// When the oldest event that is kept was recorded.
async fn recorded_at(reader: &Reader<'_>, is_empty: bool) -> Result<Option<Timestamp>, AppError> {
    if is_empty {
        return Ok(None);
    }
    let query = EventQuery { filter: EventFilter::default(), order: Order::OldestFirst, after: None, limit: 1 };
    Ok(reader.list_events(&query).await?.events.first().map(|event| event.recorded_at))
}
