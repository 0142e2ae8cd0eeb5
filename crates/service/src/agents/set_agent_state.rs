//! Says what an agent does now.

use god33_domain::agent::{Agent, SetAgentState};
use god33_domain::command::Author;
use god33_proto::v1::{SetAgentStateRequest, SetAgentStateResponse};
use tonic::{Request, Response};

use super::{shown, states};
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, text};

asks!(SetAgentStateRequest);

pub(super) async fn set_agent_state(
    app: &App,
    request: Request<SetAgentStateRequest>,
) -> Result<Response<SetAgentStateResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(SetAgentStateResponse {
        agent: Some(shown::message(app, done.noun::<Agent>()?)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &SetAgentStateRequest, author: Author, found: &mut Violations) -> Option<SetAgentState> {
    let at = |name| Path::Member(&Path::Request, name);
    let agent_id = id::uuid(&request.agent_id, &at("agent_id"), found);
    let state = states::parse(request.state, &at("state"), found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(SetAgentState { author, agent_id: agent_id?.to_string(), state: state?, reason })
}
