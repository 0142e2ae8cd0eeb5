//! How the bus fares.

use god33_domain::ports::BusState;
use god33_log::RELAY;
use god33_proto::v1::{CircuitState, GetBusStatusRequest, GetBusStatusResponse};
use tonic::{Request, Response, Status};

use super::convert;
use crate::server::status;
use crate::{Action, App};

pub(super) async fn get_bus_status(
    app: &App,
    request: Request<GetBusStatusRequest>,
) -> Result<Response<GetBusStatusResponse>, Status> {
    let reader = app.reader(convert::principal(&request)?, Action::Administer, 0).await.map_err(status::of)?;
    let relayed = reader.cursor(RELAY).await.map_err(status::of)?;
    let head = reader.info().await.map_err(status::of)?.head.position;
    let report = app.bus.report();
    let (circuit, problem) = circuit(app.bus.state());
    Ok(Response::new(GetBusStatusResponse {
        kind: report.kind.into(),
        circuit: circuit.into(),
        problem,
        since: Some(convert::timestamp(report.since)),
        exchange: report.exchange,
        queue: report.queue,
        relayed_position: relayed.get(),
        relay_lag: head.get().saturating_sub(relayed.get()),
        // The store does not say who holds a lease.
        relay_node_id: String::new(),
        ingested: report.ingested,
        published: report.published,
        unroutable: report.unroutable,
        quarantined: reader.count_quarantined().await.map_err(status::of)?,
        dead_lettered: None,
        reconnects: report.reconnects,
    }))
}

/// The circuit breaker's state, and what is wrong. A connection that is being made anew is one that is tried.
fn circuit(state: BusState) -> (CircuitState, String) {
    match state {
        BusState::Up => (CircuitState::Closed, String::new()),
        BusState::Down { reason } => (CircuitState::HalfOpen, reason),
        BusState::CircuitOpen { reason } => (CircuitState::Open, reason),
    }
}
