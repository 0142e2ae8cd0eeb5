//! Says for a range of the log whether the broker confirmed each event.
//!
//! The relay publishes in order and moves its cursor over what is confirmed, without a hole: an event is confirmed exactly when the
//! cursor has passed it.

use std::sync::Arc;

use god33_domain::ports::{BusError, OutboundMessage};
use god33_domain::{Position, RecordedEvent};
use god33_log::RELAY;
use god33_proto::v1::{ErrorReason, ReconcileBusRequest, ReconcileBusResponse};
use tonic::{Request, Response};

use super::duty::{Call, once};
use crate::wire::status::Failure;
use crate::{App, AppError};

/// The most positions that are listed.
const MAX_LISTED: usize = 1_000;
/// How many events are read, and published again, at once.
const AT_ONCE: usize = 200;

pub(super) async fn reconcile_bus(
    app: &Arc<App>,
    request: Request<ReconcileBusRequest>,
) -> Result<Response<ReconcileBusResponse>, Failure> {
    let call = Call::new(&request, "ReconcileBus", subject)?;
    let outcome = reconciled(app, &call, request.get_ref()).await;
    call.keep(app, outcome).await.map(Response::new)
}

fn subject(request: &ReconcileBusRequest) -> String {
    let until = if request.until_position == 0 { "the head".to_owned() } else { request.until_position.to_string() };
    let range = format!("events after {} up to {until}", request.after_position);
    if request.resend { format!("{range}, published again") } else { range }
}

async fn reconciled(
    app: &Arc<App>,
    call: &Call,
    request: &ReconcileBusRequest,
) -> Result<ReconcileBusResponse, Failure> {
    call.authorize(app).await?;
    if app.bus.report().kind != "rabbitmq" {
        let message = "this server has no broker: what it publishes stays in the process and is confirmed at once";
        return Err(Failure::new(ErrorReason::NotInThisMode, message));
    }
    once(app, &request.request_id, "ReconcileBus", request, async || range(app, request).await).await
}

async fn range(app: &App, request: &ReconcileBusRequest) -> Result<ReconcileBusResponse, Failure> {
    let confirmed = app.store.cursor(RELAY).await.map_err(AppError::from)?;
    let head = app.store.info().await.map_err(AppError::from)?.head.position;
    let until = if request.until_position == 0 { head } else { head.min(Position::new(request.until_position)) };
    let mut answer = ReconcileBusResponse::default();
    let mut after = Position::new(request.after_position);
    while after < until {
        let events = app.store.read_after(after, AT_ONCE).await.map_err(AppError::from)?;
        let Some(last) = events.last().map(|event| event.position) else { break };
        let to_publish = events.into_iter().filter(|event| event.bus.is_none() && event.position <= until);
        let open = take(&mut answer, to_publish, confirmed);
        if request.resend && !open.is_empty() {
            answer.resent += app.bus.publish(&open).await.map_err(|error| unavailable(&error))? as u64;
        }
        after = last;
    }
    Ok(answer)
}

/// Counts events, and gives those that are not confirmed.
fn take(
    answer: &mut ReconcileBusResponse,
    events: impl Iterator<Item = RecordedEvent>,
    confirmed: Position,
) -> Vec<OutboundMessage> {
    let mut open = Vec::new();
    for event in events {
        answer.total += 1;
        if event.position <= confirmed {
            answer.confirmed += 1;
            continue;
        }
        if answer.unconfirmed_positions.len() < MAX_LISTED {
            answer.unconfirmed_positions.push(event.position.get());
        } else {
            answer.truncated = true;
        }
        open.push(OutboundMessage { event: Arc::new(event) });
    }
    open
}

fn unavailable(error: &BusError) -> Failure {
    Failure::new(
        ErrorReason::BusUnavailable,
        format!("{error}: look at GetBusStatus, and try again when the bus works; what was published again stays so"),
    )
}
