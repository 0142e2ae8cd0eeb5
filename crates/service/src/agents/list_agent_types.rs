//! Lists types of agents, by name.

use god33_domain::agent::AgentType;
use god33_domain::state::label;
use god33_proto::v1::{ListAgentTypesRequest, ListAgentTypesResponse};
use tonic::{Request, Response};

use crate::list::{list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::status::Failure;
use crate::{App, show};

pages!(ListAgentTypesRequest);

/// The condition that a type was registered, and not only seen.
pub(super) fn registered() -> Vec<String> {
    vec![label("registered", "true")]
}

pub(super) async fn list_agent_types(
    app: &App,
    store_id: &StoreId,
    request: Request<ListAgentTypesRequest>,
) -> Result<Response<ListAgentTypesResponse>, Failure> {
    let page = list::<_, AgentType>(app, store_id, &request, |request, _| {
        one("capability", &request.capability).into_iter().chain([registered()]).collect()
    });
    let page = page.await?;
    let agent_types = page.items.iter().map(show::message).collect::<Result<_, _>>()?;
    Ok(Response::new(ListAgentTypesResponse { agent_types, next_page_token: page.next }))
}
