//! Reads a type of agent.

use god33_domain::agent::AgentType;
use god33_domain::state::StateKey;
use god33_proto::v1::{ErrorReason, GetAgentTypeRequest, GetAgentTypeResponse};
use tonic::{Request, Response};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal, show};

pub(super) async fn get_agent_type(
    app: &App,
    request: Request<GetAgentTypeRequest>,
) -> Result<Response<GetAgentTypeResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let name = &request.agent_type;
    if name.is_empty() {
        let mut found = Violations::default();
        found.add(&Path::Request.member("agent_type"), ErrorReason::InvalidField, "is required: name the type");
        found.finish()?;
    }
    let shown = show::find::<AgentType>(app, principal, name, request.min_position).await?;
    // One of which only agents were seen is not registered.
    if !shown.state.registered {
        return Err(show::not_found(&StateKey::of::<AgentType>(name)));
    }
    Ok(Response::new(GetAgentTypeResponse {
        agent_type: Some(show::message(&shown.state)?),
        position: shown.position.max(shown.state.position).get(),
    }))
}
