//! Reads an agent, by its id or by the name of its instance.

use god33_proto::v1::{ErrorReason, GetAgentRequest, GetAgentResponse};
use tonic::{Request, Response};

use super::shown;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn get_agent(
    app: &App,
    request: Request<GetAgentRequest>,
) -> Result<Response<GetAgentResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    if request.agent_id.is_empty() {
        let mut found = Violations::default();
        let why = "is required: the id of the agent, or the name of its instance";
        found.add(&Path::Request.member("agent_id"), ErrorReason::InvalidField, why);
        found.finish()?;
    }
    let (agent, position) = shown::find(app, principal, &request.agent_id, request.min_position).await?;
    Ok(Response::new(GetAgentResponse { agent: Some(shown::message(app, &agent)?), position: position.get() }))
}
