//! How the bus fares.

use god33_domain::ports::BusState;
use god33_log::RELAY;
use god33_proto::v1::{CircuitState, GetBusStatusRequest, GetBusStatusResponse};
use tonic::{Request, Response};

use crate::wire::status::Failure;
use crate::wire::time;
use crate::{Action, App, Principal};

pub(super) async fn get_bus_status(
    app: &App,
    request: Request<GetBusStatusRequest>,
) -> Result<Response<GetBusStatusResponse>, Failure> {
    let reader = app.reader(Principal::of(request.extensions())?, Action::Administer, 0).await?;
    let relayed = reader.cursor(RELAY).await?;
    let head = reader.info().await?.head.position;
    let report = app.bus.report();
    let (circuit, problem) = circuit(app.bus.state());
    Ok(Response::new(GetBusStatusResponse {
        kind: report.kind.into(),
        circuit: circuit.into(),
        problem,
        since: Some(time::to_proto(report.since)),
        exchange: report.exchange,
        queue: report.queue,
        relayed_position: relayed.get(),
        relay_lag: head.get().saturating_sub(relayed.get()),
        relay_node_id: reader.lease_holder(RELAY).await?.map(|node| node.to_string()).unwrap_or_default(),
        ingested: report.ingested,
        published: report.published,
        unroutable: report.unroutable,
        quarantined: reader.count_quarantined().await?,
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
