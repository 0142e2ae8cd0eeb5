//! Makes a type of agent known, or describes it anew.

use god33_domain::agent::{AgentType, RegisterAgentType};
use god33_proto::v1::{ErrorReason, RegisterAgentTypeRequest, RegisterAgentTypeResponse};
use tonic::{Request, Response};

use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::payload;
use crate::wire::status::Failure;

asks!(RegisterAgentTypeRequest);

pub(super) async fn register_agent_type(
    app: &App,
    request: Request<RegisterAgentTypeRequest>,
) -> Result<Response<RegisterAgentTypeResponse>, Failure> {
    let done = ask(app, &request, |request, author, found| {
        let at = Path::Request.member("agent_type");
        let Some(described) = &request.agent_type else {
            found.add(&at, ErrorReason::InvalidField, "is required: say at least agent_type");
            return None;
        };
        let agent_type = payload::draft(described, &at, found)?.into_json();
        Some(RegisterAgentType { author, agent_type })
    });
    let done = done.await?;
    Ok(Response::new(RegisterAgentTypeResponse {
        agent_type: Some(done.state::<AgentType, _>()?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}
