//! What this server is and offers.

use god33_proto::v1::{GetServerInfoRequest, GetServerInfoResponse};
use tonic::{Request, Response, Status};

use super::convert;
use crate::server::offered_methods;
use crate::server::status;
use crate::{Action, App};

pub(super) async fn get_server_info(
    app: &App,
    request: Request<GetServerInfoRequest>,
) -> Result<Response<GetServerInfoResponse>, Status> {
    let principal = convert::principal(&request)?;
    let reader = app.reader(principal, Action::Administer, 0).await.map_err(status::of)?;
    let store = reader.info().await.map_err(status::of)?;
    Ok(Response::new(GetServerInfoResponse {
        version: app.node.version.into(),
        store_id: store.store_id.to_string(),
        node_id: app.node.id.to_string(),
        store_kind: store.kind.into(),
        bus_kind: app.bus.report().kind.into(),
        started_at: Some(convert::timestamp(app.node.started_at)),
        methods: offered_methods(),
        limits: Some(convert::limits(&app.limits)),
        principal: principal.name.clone(),
    }))
}
