//! A durable subscription as its message, with its lag and its consumers.

use god33_domain::subscription::{Group, Work};
use god33_domain::{EventFilter, EventQuery, Order, Timestamp};
use god33_proto::v1::{Consumer, Subscription};

use super::settings;
use crate::wire::status::Failure;
use crate::wire::time;
use crate::{App, AppError};

/// How far events after the cursor are counted where a filter chooses them: lag is "at least".
const COUNTED: usize = 10_000;

/// A group as it is now.
pub(super) async fn message(app: &App, work: &Work) -> Result<Subscription, Failure> {
    let now = app.clock.now();
    let group = work.group();
    let unsettled = work.unsettled().count() as u64;
    let after_cursor = after_cursor(app, group).await?;
    let oldest = match work.unsettled().map(|delivery| delivery.recorded_at).min() {
        None if after_cursor > 0 => first_after_cursor(app, group).await?,
        oldest => oldest,
    };
    Ok(Subscription {
        name: group.name.clone(),
        settings: Some(settings::to_proto(&group.settings)),
        position: work.position().get(),
        lag: unsettled + after_cursor,
        oldest_unacknowledged: oldest.map(|oldest| age(oldest, now)),
        in_flight: u32::try_from(work.in_flight(now)).unwrap_or(u32::MAX),
        parked: app.store.count_parked(&group.name).await?,
        consumers: consumers(work, now),
        created_at: Some(time::to_proto(group.created_at)),
        version: group.version,
        paused: group.paused,
    })
}

fn consumers(work: &Work, now: Timestamp) -> Vec<Consumer> {
    let in_flight = work.in_flight_by_consumer();
    let connected = work.group().connected(now).map(|(id, consumer)| Consumer {
        consumer_id: id.clone(),
        connected_at: Some(time::to_proto(consumer.connected_at)),
        in_flight: in_flight.get(id.as_str()).copied().unwrap_or_default() as u32,
        acknowledged: consumer.acknowledged,
    });
    connected.collect()
}

fn query(group: &Group, limit: usize) -> EventQuery {
    EventQuery { filter: group.settings.filter.clone(), order: Order::OldestFirst, after: Some(group.cursor), limit }
}

async fn after_cursor(app: &App, group: &Group) -> Result<u64, AppError> {
    if group.settings.filter == EventFilter::default() {
        let head = app.store.info().await?.head.position;
        return Ok(head.get().saturating_sub(group.cursor.get()));
    }
    Ok(app.store.count_events_after(&query(group, COUNTED)).await?)
}

async fn first_after_cursor(app: &App, group: &Group) -> Result<Option<Timestamp>, AppError> {
    let page = app.store.list_events(&query(group, 1)).await?;
    Ok(page.events.first().map(|event| event.recorded_at))
}

fn age(of: Timestamp, now: Timestamp) -> prost_types::Duration {
    settings::duration(now.millis_since(of).max(0).unsigned_abs())
}
