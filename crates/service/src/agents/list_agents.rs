//! Lists agents, the newest first.

use god33_domain::agent::{Agent, AgentState};
use god33_domain::state::label;
use god33_proto::v1::{ListAgentsRequest, ListAgentsResponse};
use tonic::{Request, Response};

use super::{shown, states};
use crate::App;
use crate::list::{any, list, one, pages};
use crate::wire::page_token::StoreId;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;

pages!(ListAgentsRequest);

/// The condition that an agent has not stopped.
pub(super) fn present() -> Vec<String> {
    vec![label("present", "true")]
}

pub(super) async fn list_agents(
    app: &App,
    store_id: &StoreId,
    request: Request<ListAgentsRequest>,
) -> Result<Response<ListAgentsResponse>, Failure> {
    let page = list::<_, Agent>(app, store_id, &request, having).await?;
    let agents = page.items.iter().map(|agent| shown::message(app, agent)).collect::<Result<_, _>>()?;
    Ok(Response::new(ListAgentsResponse { agents, next_page_token: page.next }))
}

fn having(request: &ListAgentsRequest, found: &mut Violations) -> Vec<Vec<String>> {
    let states: Vec<&str> = (request.states.iter().enumerate())
        .filter_map(|(index, number)| states::parse(*number, &Path::Request.member("states").item(index), found))
        .map(AgentState::as_str)
        .collect();
    let by_state = any("state", states).unwrap_or_else(present);
    one("type", &request.agent_type).into_iter().chain([by_state]).collect()
}
