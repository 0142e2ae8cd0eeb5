//! Creates an agent with its session and an initial checkpoint.

use god33_domain::SessionId;
use god33_domain::agent::{Agent, CreateAgent};
use god33_domain::command::Author;
use god33_domain::session::{Session, SessionStatus as Status};
use god33_proto::v1::{CreateAgentRequest, CreateAgentResponse, ErrorReason, SessionStatus};
use tonic::{Request, Response};
use uuid::Uuid;

use super::shown;
use crate::ask::{Done, ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, json, plain_text, text};
use crate::{App, show};

asks!(CreateAgentRequest);

pub(super) async fn create_agent(
    app: &App,
    request: Request<CreateAgentRequest>,
) -> Result<Response<CreateAgentResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(answer(app, &done)?))
}

fn command(request: &CreateAgentRequest, author: Author, found: &mut Violations) -> Option<CreateAgent> {
    let at = |name| Path::Member(&Path::Request, name);
    let mut name = |text: &str, field| plain_text::optional(text, 255, ErrorReason::InvalidField, &at(field), found);
    let agent_type = name(&request.agent_type, "agent_type");
    let instance_id = name(&request.instance_id, "instance_id");
    let called = name(&request.name, "name");
    if agent_type.is_none() {
        found.add(&at("agent_type"), ErrorReason::InvalidField, "is required: name the type");
    }
    let agent_id = match request.agent_id.as_str() {
        "" => Some(Uuid::now_v7()),
        text => id::uuid(text, &at("agent_id"), found),
    };
    let session_id = SessionId::parse(&Uuid::now_v7().to_string()).ok().filter(|_| !request.without_session);
    Some(CreateAgent {
        author,
        agent_id: agent_id?.to_string(),
        agent_type: agent_type?,
        instance_id,
        session_id,
        name: called,
        system_prompt: text::prose(&request.system_prompt, &at("system_prompt"), found),
        mcp_servers: request.mcp_servers.clone(),
        initial_context: (request.initial_context.as_ref())
            .map(|context| json::write_open(context, &at("initial_context"), found)),
    })
}

fn answer(app: &App, done: &Done) -> Result<CreateAgentResponse, Failure> {
    let agent = done.noun::<Agent>()?;
    let session = done.optional_noun::<Session>();
    let is_active = session.is_some_and(|session| session.status == Some(Status::Active));
    Ok(CreateAgentResponse {
        agent_id: agent.agent_id.clone(),
        instance_id: agent.instance_id.clone().unwrap_or_default(),
        status: if is_active { SessionStatus::Active } else { SessionStatus::Unspecified }.into(),
        checkpoint_id: agent.checkpoint_id.clone().unwrap_or_default(),
        session: session.map(show::message).transpose()?,
        agent: Some(shown::message(app, agent)?),
        event_ids: done.event_ids(),
        position: done.position(),
    })
}
