//! What this server is and offers.

use god33_proto::v1::{GetServerInfoRequest, GetServerInfoResponse};
use tonic::{Request, Response};

use crate::server::offered_methods;
use crate::wire::status::Failure;
use crate::wire::{limits, time};
use crate::{Action, App, Principal};

pub(super) async fn get_server_info(
    app: &App,
    request: Request<GetServerInfoRequest>,
) -> Result<Response<GetServerInfoResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let store = app.reader(principal, Action::Administer, 0).await?.info().await?;
    Ok(Response::new(GetServerInfoResponse {
        version: app.node.version.into(),
        store_id: store.store_id.to_string(),
        node_id: app.node.id.to_string(),
        store_kind: store.kind.into(),
        bus_kind: app.bus.report().kind.into(),
        started_at: Some(time::to_proto(app.node.started_at)),
        methods: offered_methods(),
        limits: Some(limits::to_proto(&app.limits)),
        principal: principal.name.clone(),
    }))
}
