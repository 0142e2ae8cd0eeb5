//! The nodes that share the store.

use god33_domain::ports::NodeSign;
use god33_log::{RELAY, alive_since};
use god33_proto::v1::{ListNodesRequest, ListNodesResponse, NodeInfo};
use tonic::{Request, Response};
use uuid::Uuid;

use crate::wire::status::Failure;
use crate::wire::time;
use crate::{Action, App, Principal};

pub(super) async fn list_nodes(
    app: &App,
    request: Request<ListNodesRequest>,
) -> Result<Response<ListNodesResponse>, Failure> {
    let reader = app.reader(Principal::of(request.extensions())?, Action::Administer, 0).await?;
    let relay = reader.lease_holder(RELAY).await?;
    let nodes = reader.nodes(alive_since(app.clock.now())).await?;
    Ok(Response::new(ListNodesResponse { nodes: nodes.into_iter().map(|node| info(node, relay)).collect() }))
}

fn info(node: NodeSign, relay: Option<Uuid>) -> NodeInfo {
    NodeInfo {
        node_id: node.node_id.to_string(),
        version: node.version,
        started_at: Some(time::to_proto(node.started_at)),
        last_seen_at: Some(time::to_proto(node.last_seen_at)),
        relays: relay == Some(node.node_id),
        ingests: node.ingests,
        tail_position: node.tail.get(),
    }
}
