//! Lists the pools of agents, by type.

use god33_domain::agent::AgentType;
use god33_domain::state::Kind;
use god33_proto::v1::{ListAgentPoolsRequest, ListAgentPoolsResponse};
use tonic::{Request, Response};

use super::list_agent_types::registered;
use super::pools;
use crate::list::{list, pages};
use crate::wire::page_token::StoreId;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

pages!(ListAgentPoolsRequest);

pub(super) async fn list_agent_pools(
    app: &App,
    store_id: &StoreId,
    request: Request<ListAgentPoolsRequest>,
) -> Result<Response<ListAgentPoolsResponse>, Failure> {
    let page = list::<_, AgentType>(app, store_id, &request, |_, _| vec![registered()]).await?;
    let principal = Principal::of(request.extensions())?;
    let reader = app.reader(principal, Action::ReadStates(AgentType::KIND, None), 0).await?;
    pools::catch_up(app, app.tail.head()).await;
    let mut pools = Vec::with_capacity(page.items.len());
    for agent_type in &page.items {
        pools.push(pools::of_type(app, &reader, agent_type).await?);
    }
    Ok(Response::new(ListAgentPoolsResponse { pools, next_page_token: page.next }))
}
